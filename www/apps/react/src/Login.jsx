import { useState } from "react";

import { problemOfName, words } from "./words.js";

/** `refusal` is why the server did not take the name that was given before. */
export function Login({ refusal, onJoin }) {
  const [problem, setProblem] = useState(refusal ? words(refusal) : "");
  const submit = (event) => {
    event.preventDefault();
    const field = event.currentTarget.elements.username;
    const name = field.value.trim();
    const found = problemOfName(name);
    setProblem(found);
    if (found) field.focus();
    else onJoin(name);
  };
  return (
    <form id="login" autoComplete="off" noValidate onSubmit={submit}>
      <label htmlFor="username">Your name</label>
      <div className="row">
        <input
          id="username"
          placeholder="Enter your name"
          aria-describedby="login-problem"
          aria-invalid={problem ? true : undefined}
          autoCapitalize="words"
          autoFocus
        />
        <button>Join Chat</button>
      </div>
      <p id="login-problem" className="problem" role="alert">
        {problem}
      </p>
      <p className="hint">Whoever opens this page is in the same room, with a bot and the terminal client.</p>
    </form>
  );
}
