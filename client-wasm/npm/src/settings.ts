/** The options of a manager that can be changed later. */

const NAMES = [
  "reconnection",
  "reconnectionAttempts",
  "reconnectionDelay",
  "reconnectionDelayMax",
  "randomizationFactor",
  "timeout",
];

export function settings(prototype: any): void {
  for (const name of NAMES) {
    prototype[name] = function (...args: unknown[]) {
      const isSwitch = name === "reconnection";
      // These two can be set to nothing, which is no.
      const isSet = args[0] !== undefined || (args.length && (isSwitch || name === "timeout"));
      if (!isSet) return this.$settings[name];
      this.$settings[name] = isSwitch ? !!args[0] : args[0];
      this.$configure();
      if (isSwitch && !args[0]) this.$giveUp();
      return this;
    };
    // Where the reference keeps it (M-02).
    Object.defineProperty(prototype, `_${name}`, {
      get() {
        return this.$settings[name];
      },
      set(value) {
        this[name](value);
      },
    });
  }
}
