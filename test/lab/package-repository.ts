import { execFile } from "node:child_process";
import { createReadStream, existsSync } from "node:fs";
import { chmod, copyFile, mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What stands in for pkgs.k8s.io, which the lab cannot reach: the same packages, built here from a bundle's programs. */
export interface StandInRepository {
  readonly address: string;
  readonly signingKey: string;
  close(): Promise<void>;
}

/**
 * Builds, signs and serves a flat Debian repository with kubeadm, kubelet, kubectl and cri-tools of several versions;
 * the packages differ in their version only.
 * @param host the address nodes reach this machine at
 */
export async function standInRepository(
  folder: string,
  { binaries, versions, host }: { binaries: string; versions: readonly string[]; host: string },
): Promise<StandInRepository> {
  const root = join(folder, "repository");
  await mkdir(root, { recursive: true });
  for (const version of versions) {
    for (const [name, program] of Object.entries(programs)) {
      await buildPackage(folder, { name, version, program: join(binaries, program) });
    }
  }
  await run("sh", ["-euc", index], { cwd: root });
  const key = join(folder, "key.asc");
  await run("sh", ["-euc", sign, "sh", key], { cwd: root, env: { ...process.env, GNUPGHOME: join(folder, "gnupg") } });

  const server = createServer((request, response) => {
    const path = join(root, normalize(decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname)));
    if (!path.startsWith(root) || !existsSync(path)) response.writeHead(404).end();
    else createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://${host}:${port}`,
    signingKey: key,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const programs = { kubeadm: "kubeadm", kubelet: "kubelet", kubectl: "kubectl", "cri-tools": "crictl" } as const;

const depends: Readonly<Record<string, string>> = { kubeadm: "Depends: kubelet, kubectl, cri-tools\n" };

async function buildPackage(
  folder: string,
  { name, version, program }: { name: string; version: string; program: string },
) {
  const tree = join(folder, `${name}-${version}`);
  await mkdir(join(tree, "DEBIAN"), { recursive: true });
  await mkdir(join(tree, "usr/bin"), { recursive: true });
  const target = join(tree, "usr/bin", program.split("/").at(-1) ?? name);
  await copyFile(program, target);
  await chmod(target, 0o755);
  if (name === "kubelet") {
    const units = join(tree, "lib/systemd/system");
    await mkdir(units, { recursive: true });
    await writeFile(
      join(units, "kubelet.service"),
      "[Service]\nExecStart=/usr/bin/kubelet\n[Install]\nWantedBy=multi-user.target\n",
    );
    await writeFile(join(tree, "DEBIAN/postinst"), "#!/bin/sh\nsystemctl enable kubelet\nsystemctl start kubelet\n", {
      mode: 0o755,
    });
  }
  await writeFile(
    join(tree, "DEBIAN/control"),
    `Package: ${name}\nVersion: ${version}-1.1\nArchitecture: amd64\nMaintainer: Stand-in <stand-in@example.com>\n${depends[name] ?? ""}Description: stand-in package of the lab\n`,
  );
  await run("dpkg-deb", [
    "-Znone",
    "--root-owner-group",
    "--build",
    tree,
    join(folder, "repository", `${name}_${version}.deb`),
  ]);
}

const index = `dpkg-scanpackages --multiversion . /dev/null >Packages 2>/dev/null
size=$(stat -c %s Packages)
printf 'Date: %s\\nSHA256:\\n %s %s Packages\\n' "$(date -Ru)" "$(sha256sum <Packages | cut -c 1-64)" "$size" >Release`;

const sign = `mkdir -m 0700 -p "$GNUPGHOME"
gpg --batch --quiet --passphrase '' --quick-generate-key stand-in@example.com default default never
gpg --batch --quiet --clearsign --output InRelease Release
gpg --batch --quiet --armor --export >"$1"
gpgconf --kill all`;
