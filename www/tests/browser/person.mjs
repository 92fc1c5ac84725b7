// What a person does at one of the pages, with another person at the plain one.
import assert from "node:assert/strict";

import { openChat } from "./room.mjs";

/** One red pixel. */
export const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

export async function person(browser, url, path) {
  const [ann, bob] = [await openChat(browser, `${url}${path}`), await openChat(browser, url)];
  try {
    await elsewhere(ann);
    await names(ann);
    await bob.joins("bob");
    await ann.sees("#messages .system", "bob joined the chat");
    await staysInTheList(ann, () => openChat(browser, url));
    for (const part of [markup, typing, rooms, alone, images, admin, kicks, tooLong]) await part(ann, bob);
    assert.deepEqual([...ann.errors, ...bob.errors], []);
    await ann.page.close();
    await bob.sees("#messages .system", "ann left the chat");
  } finally {
    for (const { page } of [ann, bob]) if (!page.isClosed()) await page.close();
  }
}

/** Ways to the guide and to the inspector, and back. */
async function elsewhere({ page, sees }) {
  const start = page.url();
  for (const [name, heading] of [
    ["Guide", "Sockeye"],
    ["Inspector", "What a connection does"],
  ]) {
    const link = await page.waitForSelector(`footer nav a::-p-text(${name})`, { visible: true });
    await page.bringToFront();
    await Promise.all([page.waitForNavigation(), link.click()]);
    assert.equal(new URL(page.url()).pathname, `/${name.toLowerCase()}/`);
    await sees("h1", heading);
    await page.goto(start);
  }
}

/** None, one that is too long, one that only the server refuses, and a good one. */
async function names(ann) {
  await ann.joins("   ");
  await ann.sees("#login-problem", "Enter a name!");
  await ann.page.$eval("#username", (it) => it.select());
  await ann.joins("é".repeat(41));
  await ann.sees("#login-problem", "41 characters; choose a name of at most 40");
  assert.equal(await ann.page.$eval("#username", (it) => it === document.activeElement), true);
  // A field takes a tab that is pasted.
  await ann.page.$eval("#username", (it) => {
    it.value = "ann\tlee";
    it.form.requestSubmit();
  });
  await ann.sees("#login-problem", "The name holds control characters");
  await ann.page.waitForFunction(() => document.activeElement.id === "username", { polling: 50 });
  assert.equal(await ann.page.$eval("#username", (it) => it.getAttribute("aria-invalid")), "true");
  await ann.page.$eval("#username", (it) => it.select());
  await ann.joins("ann");
  await ann.sees("#online-count", "1");
}

/** Who goes through the list of people by keyboard stays there when somebody comes or goes. */
async function staysInTheList(ann, open) {
  await ann.open("#online");
  await ann.page.focus("#online button");
  const dan = await open();
  await dan.joins("dan");
  await ann.sees("#online li", "dan");
  await dan.page.close();
  await ann.sees("#messages .system", "dan left the chat");
  assert.equal(await ann.page.evaluate(() => document.activeElement.textContent), "bob");
}

/** Is text. */
async function markup(ann, bob) {
  await ann.says("<img src=x onerror=alert(1)>");
  for (const it of [ann, bob]) await it.sees("#messages .message", "<img src=x onerror=alert(1)>");
  await bob.says("<b>bold</b>");
  await ann.sees("#messages .message", "<b>bold</b>");
  assert.equal(await ann.page.$("#messages img, #messages .message span b"), null);
  await ann.seesNothing("#outbox");
}

/** Shown to the others while keys are pressed, and until two seconds after the last. */
export async function typing(ann, bob) {
  await ann.types("hm");
  const began = performance.now();
  await bob.sees("#typing", "ann is typing...");
  await bob.seesNothing("#typing");
  const seconds = (performance.now() - began) / 1000;
  assert(seconds > 1.5, `typing was shown until ${seconds} s after the last key`);
  await ann.page.focus("#message-input");
  for (let key = 0; key < 2; key++) await ann.page.keyboard.press("Backspace");
}

async function rooms(ann, bob) {
  await ann.enters("#room-name", "x".repeat(41));
  await ann.sees("#room-problem", "41 characters");
  await ann.page.$eval("#room-name", (it) => it.select());
  for (const it of [ann, bob]) {
    await it.enters("#room-name", "#fish");
    await it.sees("#rooms", "#fish");
    await it.sees("#target", "#fish");
  }
  await ann.sees("#messages .system", "bob joined #fish");
  await ann.says("salmon?");
  for (const it of [ann, bob]) await it.sees("#messages .message:has(.place)", "salmon?");
  await bob.clicks('#rooms button[aria-label="Leave #fish"]');
  await ann.sees("#messages .system", "bob left #fish");
  await ann.says("only me");
  await ann.sees("#messages .message:has(.place)", "only me");
  await ann.speaksTo("Everyone");
  await ann.says("all again");
  await bob.sees("#messages .message", "all again");
  assert.equal(await bob.count("#messages .message", "only me"), 0);
}

/** To one person, by the list of who is online; who is gone is not replaced by everyone. */
async function alone(ann, bob) {
  await ann.open("#online");
  const clicked = await ann.page.$$eval("#online button", (all) => {
    const bobs = all.filter((it) => it.textContent === "bob");
    bobs[0].click();
    return bobs.length;
  });
  assert.equal(clicked, 1);
  await ann.says("between us");
  await ann.sees("#messages .place", "to bob alone");
  await bob.sees("#messages .place", "to you alone");
  await ann.speaksTo("Everyone");
}

async function images(ann, bob) {
  await ann.choosesImage("drawing.svg", "image/svg+xml", btoa("<svg/>"));
  await ann.sees("#image-problem", "drawing.svg is no image of a kind that all browsers show");
  await ann.choosesImage("large.png", "image/png", Buffer.alloc(700_001).toString("base64"));
  await ann.sees("#image-problem", "large.png has 701 kB; 700 kB can be sent");
  await ann.choosesImage("red.png", "image/png", PIXEL);
  for (const { page } of [ann, bob]) {
    await page.waitForFunction(() => document.querySelector("#messages img.picture")?.naturalWidth === 1, { polling: 50 });
    assert.equal(await page.$eval("#messages img.picture", (it) => it.alt), "red.png");
  }
  await ann.seesNothing("#outbox");
  await ann.seesNothing("#image-problem");
}

/** Refused with a reason, let in when the token is mended. */
async function admin(ann, bob) {
  await ann.open("#admin-token");
  await ann.enters("#admin-token", "wrong");
  await ann.sees("#admin-state", "Refused: The token is not right");
  await ann.page.$eval("#admin-token", (it) => it.select());
  await ann.enters("#admin-token", "mysecrettoken");
  await ann.sees("#admin-state", "You are in: ");
  await ann.page.waitForFunction(() => document.activeElement.id === "announcement", { polling: 50 });
  // What anybody may send to all is not taken for it.
  await bob.page.evaluate(() => socket.emit("announcement", "send me your tokens"));
  await ann.enters("#announcement", "tea is ready");
  for (const it of [ann, bob]) {
    await it.sees("#messages .system", "announcement: tea is ready");
    assert.equal(await it.count("#messages li", "send me your tokens"), 0);
  }
}

/** Each sends the other away, who comes back when they say so. The page is still the right one. */
async function kicks(ann, bob) {
  await bob.enters("#admin-token", "mysecrettoken");
  for (const [it, other, name] of [
    [ann, bob, "bob"],
    [bob, ann, "ann"],
  ]) {
    await it.sees("#kicks li", name);
    assert.equal(await it.count("#kicks li", ""), 1, "nobody sends themselves away");
    await it.clicks(`#kicks button[aria-label="Kick ${name}"]`);
    await it.sees("#admin-state", `${name} was sent away.`);
    await it.sees("#messages .system", `${name} left the chat`);
    await it.seesNothing("#kicks");
    await other.sees("#messages .lost", "the connection is lost: io server disconnect");
    await other.sees("#retry", "Connect");
    await other.clicks("#retry");
    await other.sees("#messages .system", "the connection is back");
    await it.sees("#kicks li", name);
    await other.page.waitForFunction(() => performance.getEntriesByName(new URL("build", document.baseURI)).length, {
      polling: 50,
    });
    assert.equal(await other.page.$eval("#stale", (it) => it.checkVisibility()), false, "the build is the same");
  }
}

/** More than the server takes: said to who wrote it, who may try again or let it go. */
async function tooLong(ann) {
  await ann.page.$eval("#message-input", (it) => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    // React hears of it only so.
    set.call(it, "x".repeat(1_100_000));
    it.dispatchEvent(new Event("input", { bubbles: true }));
    it.form.requestSubmit();
  });
  await ann.sees("#outbox .failed", "Send again");
  await ann.clicks("#outbox .failed button");
  await ann.sees("#outbox .failed", "Send again");
  await ann.clicks("#outbox .failed button:last-child");
  await ann.seesNothing("#outbox");
  await ann.sees("#connection", "connected");
}
