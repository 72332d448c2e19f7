import { redact } from "./secret.ts";

/** This process's environment for the programs it starts, without the variables that hold a secret in use. */
export function childEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value === undefined || redact(value) === value));
}
