import { expect, test } from "vitest";
import { discoveryFile } from "../../../src/kubernetes/discovery-file.ts";

test("a joining node is told where the API is and by which authority it is known, and no user", () => {
  expect(JSON.parse(discoveryFile({ apiServer: "10.0.0.11:6443", ca: "CA" }))).toEqual({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "", cluster: { server: "https://10.0.0.11:6443", "certificate-authority-data": "Q0E=" } }],
  });
});
