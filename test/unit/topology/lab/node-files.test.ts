import { describe, expect, test } from "vitest";
import { fingerprintOf } from "../../../../src/topology/lab/keys.ts";
import { identityFiles, loginSetup } from "../../../../src/topology/lab/node-files.ts";
import { proxyConfiguration } from "../../../../src/topology/lab/package-proxy.ts";

const identity = {
  name: "w-1",
  machineId: "0123456789abcdef0123456789abcdef",
  hostKey: { secret: "secret", public: "ssh-ed25519 AAAA root@w-1" },
  resolver: "10.78.0.1",
  packageProxy: "http://10.78.255.1:3143",
  apt: {
    mirror: "https://mirror.example.com/debian",
    securityMirror: "http://security.example.com",
    options: ['Acquire::Check-Valid-Until "false";'],
  },
};
const fileOf = (path: string) => identityFiles(identity).find((file) => file.path === path);

describe("identityFiles", () => {
  test("an https mirror is asked for through the proxy, which speaks TLS", () => {
    expect(fileOf("etc/apt/sources.list.d/debian.sources")?.content).toContain(
      "URIs: http://HTTPS///mirror.example.com/debian\nSuites: bookworm bookworm-updates",
    );
  });

  test("apt uses the proxy and accepts what this machine accepts", () => {
    expect(fileOf("etc/apt/apt.conf.d/20lab-packages")?.content.split("\n")).toEqual([
      'Acquire::http::Proxy "http://10.78.255.1:3143";',
      'Acquire::Retries "3";',
      'Acquire::Check-Valid-Until "false";',
      "",
    ]);
  });

  test("only root can read the host key", () => {
    expect(fileOf("etc/ssh/ssh_host_ed25519_key")).toMatchObject({ content: "secret", mode: 0o600 });
  });
});

describe("loginSetup", () => {
  const publicKey = "ssh-ed25519 AAAA lab";
  const paths = (variant: Parameters<typeof loginSetup>[0]["variant"], jump = false) =>
    Object.fromEntries(loginSetup({ variant, publicKey, jump }).files.map((file) => [file.path, file.content]));

  test("root logs in by key on another port", () => {
    expect(paths("port")).toMatchObject({
      "root/.ssh/authorized_keys": `${publicKey}\n`,
      "etc/ssh/sshd_config.d/login.conf": "Port 2222\n",
    });
  });

  test("where sudo is used, root cannot log in at all", () => {
    for (const variant of ["sudo", "sudo-password"] as const) {
      expect(paths(variant)).not.toHaveProperty("root/.ssh/authorized_keys");
      expect(paths(variant)["etc/ssh/sshd_config.d/login.conf"]).toBe("PermitRootLogin no\n");
    }
    expect(paths("sudo")["etc/sudoers.d/lab"]).toContain("NOPASSWD");
    expect(paths("sudo-password")["etc/sudoers.d/lab"]).not.toContain("NOPASSWD");
  });

  test("the sudo password reaches the node through standard input alone", () => {
    const { files, script } = loginSetup({ variant: "sudo-password", publicKey, jump: false });
    expect(script.split("\n").at(-1)).toBe("chpasswd");
    expect(JSON.stringify(files)).not.toContain("chpasswd");
  });

  test("on the jump node one is an ordinary user", () => {
    const files = paths("jump", true);
    expect(Object.keys(files)).toContain("home/jump/.ssh/authorized_keys");
    expect(Object.keys(files)).not.toContain("etc/sudoers.d/lab");
  });
});

test("fingerprintOf says what ssh-keygen -l says", () => {
  const line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl comment";
  expect(fingerprintOf(line)).toBe("SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU");
});

describe("proxyConfiguration", () => {
  test("listens for the lab only, never on every address", () => {
    expect(proxyConfiguration(undefined)).toMatch(/^BindAddress: 10\.78\.255\.1$/m);
    expect(proxyConfiguration(undefined)).not.toMatch(/^Proxy:/m);
  });

  test("goes through the proxy this machine's apt uses", () => {
    expect(proxyConfiguration("http://proxy.example.com:3128")).toMatch(/^Proxy: http:\/\/proxy\.example\.com:3128$/m);
  });
});
