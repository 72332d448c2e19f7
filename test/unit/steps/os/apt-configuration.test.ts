import { expect, test } from "vitest";
import { aptConfiguration } from "../../../../src/steps/os/apt-configuration.ts";

test("apt asks nothing, waits for others, notes what it does, and uses the proxy of the preset", () => {
  expect(
    aptConfiguration({
      folder: "/cache/apt",
      transaction: "/receipt/transaction",
      proxy: "http://user:p%22w@proxy:3128",
    }),
  ).toBe(
    `APT::Get::Assume-Yes "true";
APT::Install-Recommends "false";
APT::Update::Error-Mode "any";
quiet "1";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::http::Proxy "http://user:p%22w@proxy:3128";
Acquire::https::Proxy "http://user:p%22w@proxy:3128";
Dir::Cache "/cache/apt/cache";
DPkg::Lock::Timeout "300";
DPkg::Options:: "--force-confdef";
DPkg::Options:: "--force-confold";
DPkg::Use-Pty "false";
DPkg::Pre-Install-Pkgs:: "/bin/dd of=/receipt/transaction oflag=append conv=notrunc status=none";
DPkg::Tools::Options::/bin/dd::Version "3";
`,
  );
});

test("without a proxy the node's own settings hold", () => {
  expect(aptConfiguration({ folder: "/f", transaction: "/t" })).not.toContain("Proxy");
});
