import { createStore, type Store } from "../state/store.ts";

/** Something only the person at the terminal can answer, asked while work waits for it. */
export interface Question {
  readonly title: string;
  readonly lines: readonly string[];
  readonly danger: boolean;
  readonly choices: readonly { readonly value: string; readonly label: string; readonly note?: string }[];
  /** The answer that changes nothing; what Esc means. */
  readonly safe: string;
}

/** A question with the way to answer it. */
export interface Waiting {
  readonly question: Question;
  readonly answer: (value: string) => void;
}

/** Questions that wait, one shown after the other. */
export interface Questions {
  /** Resolves with the chosen value; an aborted signal withdraws the question. */
  ask(question: Question, signal: AbortSignal): Promise<string>;
  readonly waiting: Pick<Store<readonly Waiting[], never>, "get" | "subscribe">;
}

type Change = { readonly add: Waiting } | { readonly remove: Waiting };

export function createQuestions(): Questions {
  const store = createStore<readonly Waiting[], Change>(
    (waiting, change) =>
      "add" in change ? [...waiting, change.add] : waiting.filter((entry) => entry !== change.remove),
    [],
  );
  return {
    waiting: store,
    ask: (question, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const withdraw = () => {
          store.dispatch({ remove: entry });
          reject(signal.reason);
        };
        const entry: Waiting = {
          question,
          answer: (value) => {
            signal.removeEventListener("abort", withdraw);
            store.dispatch({ remove: entry });
            resolve(value);
          },
        };
        signal.addEventListener("abort", withdraw, { once: true });
        store.dispatch({ add: entry });
      }),
  };
}
