import { dump, load } from "js-yaml";
import { z } from "zod";
import { InstallerError } from "../engine/errors.ts";
import { Secret } from "../engine/secret.ts";

const adminSchema = z.object({
  clusters: z.array(z.object({ cluster: z.object({ "certificate-authority-data": z.string() }) })).min(1),
  users: z
    .array(z.object({ user: z.object({ "client-certificate-data": z.string(), "client-key-data": z.string() }) }))
    .min(1),
});

/**
 * The administrator's kubeconfig for the operator's machine: the same credentials as on the control plane, the address
 * the operator reaches, and names that do not clash with those of other clusters.
 * @throws InstallerError `step-failed` when the text is no kubeconfig with embedded credentials
 */
export function operatorKubeconfig(
  adminConf: string,
  { name, apiServer }: { name: string; apiServer: string },
): Secret {
  const parsed = adminSchema.safeParse(load(adminConf));
  const cluster = parsed.data?.clusters[0]?.cluster;
  const user = parsed.data?.users[0]?.user;
  if (cluster === undefined || user === undefined) {
    throw new InstallerError("step-failed", { message: "The administrator's kubeconfig cannot be read." });
  }
  const key = new Secret(user["client-key-data"]);
  new Secret(Buffer.from(key.reveal(), "base64").toString("utf8"));
  return new Secret(
    dump(
      {
        apiVersion: "v1",
        kind: "Config",
        clusters: [
          {
            name,
            cluster: {
              server: `https://${apiServer}`,
              "certificate-authority-data": cluster["certificate-authority-data"],
            },
          },
        ],
        users: [
          {
            name: `${name}-admin`,
            user: { "client-certificate-data": user["client-certificate-data"], "client-key-data": key.reveal() },
          },
        ],
        contexts: [{ name, context: { cluster: name, user: `${name}-admin` } }],
        "current-context": name,
      },
      { lineWidth: -1 },
    ),
    "document",
  );
}
