// Where the chat is, and by what.
export const PAGES = { plain: "/", module: "/module", react: "/react/", yew: "/yew/", leptos: "/leptos/" };
