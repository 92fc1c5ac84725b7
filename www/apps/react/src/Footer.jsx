/** What else the server has. */
export function Footer() {
  return (
    <footer>
      <nav aria-label="More of Sockeye">
        <a href="/guide/">Guide</a>
        <a href="/inspector/">Inspector</a>
      </nav>
    </footer>
  );
}
