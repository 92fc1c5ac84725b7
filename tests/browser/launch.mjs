// How every test starts Debian's browsers, as options of puppeteer's `launch`. `CHROMIUM` and `FIREFOX` name others.

export const LAUNCH = {
  chromium: {
    browser: "chrome",
    headless: true,
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-dev-shm-usage",
    ],
  },
  firefox: {
    browser: "firefox",
    headless: true,
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    args: [],
  },
};

/** Chromium where several pages work at once: those that are not in front are not slowed down. */
export const CHROMIUM_OF_MANY = {
  ...LAUNCH.chromium,
  args: [
    ...LAUNCH.chromium.args,
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
  ],
};
