// The checks as an Ansible playbook, with everything set that makes Ansible fast: pipelining, kept connections that are
// already open from the second round on, more forks than nodes, no facts, no look for Python, no colours, no changes to tell.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";

const settings = {
  LC_ALL: "C.UTF-8",
  ANSIBLE_PIPELINING: "True",
  ANSIBLE_FORKS: "50",
  ANSIBLE_GATHERING: "explicit",
  ANSIBLE_HOST_KEY_CHECKING: "False",
  ANSIBLE_PYTHON_INTERPRETER: "/usr/bin/python3",
  ANSIBLE_NOCOLOR: "True",
  ANSIBLE_RETRY_FILES_ENABLED: "False",
};

/** Writes playbook and inventory; gives the function that plays it. */
export function preparePlaybook({ folder, machines, commands }) {
  const inventory = join(folder, "inventory.yaml");
  const playbook = join(folder, "checks.yaml");
  const hosts = Object.fromEntries(
    machines.map(({ name, ssh }) => [
      name,
      {
        ansible_host: ssh.address,
        ansible_port: ssh.port,
        ansible_user: ssh.user,
        ansible_ssh_private_key_file: ssh.keyFile,
      },
    ]),
  );
  const tasks = commands.map((command, index) => ({
    name: `check ${index}`,
    "ansible.builtin.shell": command,
    changed_when: false,
  }));
  writeFileSync(inventory, dump({ all: { hosts } }));
  writeFileSync(playbook, dump([{ hosts: "all", gather_facts: false, tasks }]));
  const kept = `-o ControlMaster=auto -o ControlPersist=300s -o ControlPath=${join(folder, "%C")}`;
  const env = {
    ...process.env,
    ...settings,
    ANSIBLE_SSH_ARGS: `${kept} -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR`,
    ANSIBLE_LOCAL_TEMP: join(folder, "ansible"),
  };
  return () => play(["-i", inventory, playbook], { env, expected: machines.length * commands.length });
}

/** @throws Error when it fails, or says that it made other than the expected number of checks */
function play(args, { env, expected }) {
  return new Promise((done, failed) => {
    const ansible = spawn("ansible-playbook", args, { stdio: ["ignore", "pipe", "inherit"], env });
    let output = "";
    ansible.stdout.setEncoding("utf8").on("data", (chunk) => {
      output += chunk;
    });
    ansible.once("error", failed);
    ansible.once("close", (code) => {
      const made = [...output.matchAll(/ ok=(\d+) /g)].reduce((sum, [, count]) => sum + Number(count), 0);
      if (code === 0 && made === expected) return done();
      failed(new Error(`ansible-playbook ended with ${code} after ${made} of ${expected} checks:\n${output}`));
    });
  });
}
