// The checks as an operator would write them by hand: one ssh session per node, all at once.
import { spawn } from "node:child_process";

/** Runs the commands on every machine as one script. @throws Error when one of them fails */
export function checksByScript(machines, commands) {
  return Promise.all(machines.map(({ ssh }) => oneSession(ssh, commands.join("\n"))));
}

function oneSession({ address, port, user, keyFile }, script) {
  const options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR"];
  const args = ["-i", keyFile, "-p", String(port), ...options.flatMap((option) => ["-o", option])];
  return new Promise((done, failed) => {
    const ssh = spawn("ssh", [...args, `${user}@${address}`, "sh -es"], { stdio: ["pipe", "ignore", "inherit"] });
    ssh.once("error", failed);
    ssh.once("exit", (code) => (code === 0 ? done() : failed(new Error(`ssh ended with ${code}`))));
    ssh.stdin.end(script);
  });
}
