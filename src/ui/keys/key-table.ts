/** One thing a key does in one place. */
export interface Binding {
  /** The first one is the one the footer names. */
  readonly keys: readonly string[];
  /** For the help overlay and docs/keys.md, as the end of "this key lets you …". */
  readonly does: string;
  /** One or two words for the footer; without it, the key is only told by the help. */
  readonly hint?: string;
}

/**
 * Every key of the screen, by the place where it works: the handlers, the footers, the help overlay and docs/keys.md
 * all come from here, and the footer keeps this order.
 */
export const keyTable = {
  list: {
    up: { keys: ["up", "k"], does: "go one line up", hint: "move" },
    down: { keys: ["down", "j"], does: "go one line down" },
    pageUp: { keys: ["page-up"], does: "go one page up" },
    pageDown: { keys: ["page-down"], does: "go one page down" },
    first: { keys: ["home", "g"], does: "go to the first line" },
    last: { keys: ["end", "G"], does: "go to the last line" },
    choose: { keys: ["enter"], does: "choose the line", hint: "choose" },
  },
  choices: {
    previous: { keys: ["up", "k"], does: "go to the answer before", hint: "move" },
    next: { keys: ["down", "j"], does: "go to the next answer" },
    first: { keys: ["home"], does: "go to the first answer" },
    last: { keys: ["end"], does: "go to the last answer" },
    choose: { keys: ["enter"], does: "take the answer", hint: "choose" },
  },
  text: {
    submit: { keys: ["enter"], does: "take what was typed", hint: "take" },
    cancel: { keys: ["esc"], does: "leave the value as it was", hint: "cancel" },
    next: { keys: ["tab", "down"], does: "go to the next field", hint: "next field" },
    previous: { keys: ["shift-tab", "up"], does: "go to the previous field" },
    clear: { keys: ["ctrl-u"], does: "empty the field" },
    start: { keys: ["home", "ctrl-a"], does: "go to the start of the text" },
    end: { keys: ["end", "ctrl-e"], does: "go to the end of the text" },
    left: { keys: ["left"], does: "go one character back" },
    right: { keys: ["right"], does: "go one character on" },
    eraseBefore: { keys: ["backspace"], does: "erase the character before" },
    eraseAfter: { keys: ["delete", "ctrl-d"], does: "erase the character after" },
    eraseWord: { keys: ["ctrl-w"], does: "erase the word before" },
  },
  form: {
    next: { keys: ["down", "tab"], does: "go to the next line", hint: "move" },
    previous: { keys: ["up", "shift-tab"], does: "go to the line before" },
    choose: { keys: ["enter", "space"], does: "take the answer and go on", hint: "take" },
  },
  machines: {
    add: { keys: ["a"], does: "add a machine", hint: "add" },
    edit: { keys: ["enter"], does: "change the machine, or how all of them are logged in to", hint: "edit" },
    remove: { keys: ["d", "delete"], does: "take the marked machines, or this one, out of the list", hint: "delete" },
    test: { keys: ["t"], does: "test the connection to this machine", hint: "test" },
    testAll: { keys: ["T"], does: "test the connection to the marked machines, or to all", hint: "test all" },
    endTests: { keys: ["x"], does: "end the tests that are under way", hint: "end tests" },
    mark: { keys: ["space"], does: "mark the machine and go on to the next one", hint: "mark" },
    roles: { keys: ["o"], does: "say what the marked machines, or this one, are for", hint: "roles" },
    importFile: {
      keys: ["i"],
      does: "import machines from a file: addresses, CSV, an Ansible inventory, /etc/hosts; or paste such a text",
      hint: "import",
    },
    duplicate: {
      keys: ["c"],
      does: "add a worker like this machine with the next free name and address",
      hint: "copy",
    },
    markRange: { keys: ["m"], does: "mark everything from the machine that was marked last to this one" },
    markAll: { keys: ["*"], does: "mark all machines, or none" },
    done: { keys: ["n"], does: "go on to what is still to do", hint: "next" },
  },
  wizard: {
    preset: { keys: ["p", "ctrl-p"], does: "see the whole preset (Ctrl-P while typing)", hint: "preset" },
    save: { keys: ["ctrl-s"], does: "save the preset to a file", hint: "save" },
    reset: { keys: ["r", "ctrl-r"], does: "give this section its defaults again (Ctrl-R while typing)", hint: "reset" },
    undo: { keys: ["u", "ctrl-z"], does: "undo the last change (Ctrl-Z while typing)", hint: "undo" },
  },
  home: {
    leave: { keys: ["q"], does: "leave the program", hint: "leave" },
    again: { keys: ["r"], does: "look at the clusters again", hint: "look again" },
  },
  review: {
    install: { keys: ["i"], does: "go on with what is reviewed; it is asked once more", hint: "go on" },
    satisfied: { keys: ["="], does: "show or hide what is as wanted already", hint: "show all" },
    again: { keys: ["r"], does: "look at the nodes again", hint: "look again" },
  },
  run: {
    nextPanel: { keys: ["tab"], does: "go to the next panel", hint: "panel" },
    previousPanel: { keys: ["shift-tab"], does: "go to the panel before" },
    shell: { keys: ["S"], does: "open a shell of root on the chosen node; the run goes on", hint: "shell" },
    fullScreen: { keys: ["f"], does: "give the panel the whole screen, or take it back", hint: "full screen" },
  },
  ended: {
    look: { keys: ["d"], does: "look at the steps, nodes and logs of the run, or back", hint: "details" },
    down: { keys: ["page-down"], does: "read on in what is told", hint: "read on" },
    up: { keys: ["page-up"], does: "read back in what is told", hint: "read back" },
  },
  failure: {
    next: { keys: ["n"], does: "go to the next failure", hint: "next failure" },
    previous: { keys: ["p"], does: "go to the failure before" },
  },
  tasks: {
    toggle: { keys: ["space", "enter"], does: "open or close the step", hint: "open" },
    follow: { keys: ["s"], does: "follow the running steps again", hint: "follow" },
  },
  nodes: {
    nextFailed: { keys: ["n"], does: "go to the next node that failed or was set aside", hint: "next failed" },
    filter: { keys: ["/"], does: "show only nodes whose name, role or state contains a text", hint: "filter" },
  },
  log: {
    up: { keys: ["up", "k"], does: "scroll up; the log stops following", hint: "scroll" },
    down: { keys: ["down", "j"], does: "scroll down" },
    pageUp: { keys: ["page-up"], does: "scroll one page up" },
    pageDown: { keys: ["page-down"], does: "scroll one page down" },
    oldest: { keys: ["home", "g"], does: "go to the oldest line that is kept" },
    follow: { keys: ["end", "G", "s"], does: "follow the newest line again", hint: "follow" },
    left: { keys: ["left"], does: "look at the lines from further left" },
    right: { keys: ["right"], does: "look at the lines from further right" },
    wrap: { keys: ["w"], does: "wrap long lines, or cut them off", hint: "wrap" },
    filter: { keys: ["/"], does: "show only lines that contain a text", hint: "filter" },
    all: { keys: ["a"], does: "show what all nodes say, or the chosen one again", hint: "all nodes" },
    save: { keys: ["ctrl-s"], does: "save these lines to a file", hint: "save" },
  },
  overlay: {
    close: { keys: ["esc", "q", "?", "f1", "enter"], does: "close this", hint: "close" },
  },
  screen: {
    back: { keys: ["esc"], does: "go back; what was entered is kept", hint: "back" },
  },
  everywhere: {
    help: { keys: ["?", "f1"], does: "see the keys of this screen (F1 while typing)", hint: "help" },
    quit: { keys: ["ctrl-c"], does: "be asked whether to leave; pressed twice, leave at once", hint: "quit" },
    redraw: { keys: ["ctrl-l"], does: "draw the screen anew" },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Binding>>>>;

export type KeyPlace = keyof typeof keyTable;
export type Command<P extends KeyPlace> = keyof (typeof keyTable)[P] & string;

/** The binding of a command. */
export function bindingOf<P extends KeyPlace>(place: P, command: Command<P>): Binding {
  const bindings: Readonly<Record<string, Binding>> = keyTable[place];
  return bindings[command] ?? { keys: [], does: "" };
}

const order: readonly Binding[] = Object.values(keyTable).flatMap((place) => Object.values<Binding>(place));

/** The bindings in the order of the table, each once. */
export function inTableOrder(bindings: readonly Binding[]): readonly Binding[] {
  const wanted = new Set(bindings);
  return order.filter((binding) => wanted.has(binding));
}
