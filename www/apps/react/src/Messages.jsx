import { useEffect, useLayoutEffect, useRef, useState } from "react";

import { IMAGES, words } from "./words.js";

export function Messages({ lines }) {
  const list = useRef();
  // Whoever reads further up is left there.
  const followsEnd = useRef(true);
  const follow = () => {
    if (followsEnd.current) list.current.scrollTop = list.current.scrollHeight;
  };
  useLayoutEffect(follow, [lines]);
  // Ended before the list is gone: an effect that is not of the layout ends later.
  useLayoutEffect(() => {
    const observer = new ResizeObserver(follow);
    observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  const onScroll = ({ currentTarget: it }) => {
    followsEnd.current = it.scrollHeight - it.scrollTop - it.clientHeight < 40;
  };
  return (
    <div id="messages" role="log" aria-label="Messages" tabIndex={0} ref={list} onScroll={onScroll}>
      <ul>
      {lines.map((line) =>
        line.message ? (
          <Message key={line.key} {...line} onLoad={follow} />
        ) : (
          <li key={line.key} className={`system ${line.lost ? "lost" : ""}`}>
            {words(line.system)}
          </li>
        ),
      )}
      </ul>
    </div>
  );
}

function Message({ message, myId, onLoad }) {
  const { user, text, image, timestamp, room, to, from } = message;
  const alone = to && (from === myId ? `to ${words(to.username)} alone` : "to you alone");
  const place = alone || (room && `#${words(room)}`);
  return (
    <li className="message">
      <b>{words(user)}</b> {place && <small className="place">{place}</small>}{" "}
      <time>{new Date(timestamp).toLocaleTimeString([], { timeStyle: "short" })}</time>{" "}
      {image?.bytes ? <Picture {...image} onLoad={onLoad} /> : <span>{words(text)}</span>}
    </li>
  );
}

/** The bytes of others become an image and nothing else. */
function Picture({ name, type, bytes, onLoad }) {
  const [url, setUrl] = useState();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: IMAGES.includes(type) ? type : "image/png" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return url && <img className="picture" src={url} alt={words(name)} onLoad={onLoad} />;
}
