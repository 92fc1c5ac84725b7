import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import "../../../pages/chat.css";
import { App } from "./App.jsx";

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
