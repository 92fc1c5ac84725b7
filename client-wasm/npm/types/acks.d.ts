/** What the types of acknowledgements follow from (Y-06, Y-08, Y-09). */

type PrependTimeoutError<T extends any[]> = {
  [K in keyof T]: T[K] extends (...args: infer Params) => infer Result
    ? (err: Error, ...args: Params) => Result
    : T[K];
};

/** Every acknowledgement gets the error first, as after `timeout()`. */
export type DecorateAcknowledgements<E> = {
  [K in keyof E]: E[K] extends (...args: infer Params) => infer Result
    ? (...args: PrependTimeoutError<Params>) => Result
    : E[K];
};

export type Last<T extends any[]> = T extends [...infer _, infer L] ? L : any;
export type AllButLast<T extends any[]> = T extends [...infer H, infer _] ? H : any[];
export type FirstArg<T> = T extends (arg: infer Param) => infer _ ? Param : any;

/** Whether an event says by what it returns what the answer to it is: `sum: (a: number, b: number) => number`. */
type Returns<F> = F extends (...args: infer Params) => infer Result
  ? [Awaited<Result>] extends [void]
    ? false
    : Last<Params> extends (...args: any[]) => any
      ? false
      : true
  : false;

/** What `emitWithAck` takes behind the name of event `F`. */
export type AckParams<F extends (...args: any) => any> =
  Returns<F> extends true ? Parameters<F> : AllButLast<Parameters<F>>;

/** What the promise of `emitWithAck` holds. */
export type AckResult<F extends (...args: any) => any> =
  Returns<F> extends true ? Awaited<ReturnType<F>> : FirstArg<Last<Parameters<F>>>;
