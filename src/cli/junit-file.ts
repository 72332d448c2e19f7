import { writeFileSync } from "node:fs";
import type { PreflightReport } from "../engine/findings.ts";
import { junitXml } from "../report/junit.ts";
import type { Reporter } from "../report/reporter.ts";
import { checks } from "../steps/preflight/checks.ts";
import type { CommandContext } from "./command-context.ts";

/** A preflight report as JUnit, with every check this version makes. */
export function junitOf(report: PreflightReport): string {
  return junitXml(report, { checks, when: new Date() });
}

/** The same reporter, which also writes what preflight found to a file as JUnit. */
export function withJunitFile(
  reporter: Reporter,
  { file, inform }: Pick<CommandContext, "inform"> & { readonly file: string | undefined },
): Reporter {
  if (file === undefined) return reporter;
  return {
    emit: (event) => {
      reporter.emit(event);
      if (event.type === "preflight") writeJunit(file, event, { inform });
    },
    end: () => reporter.end(),
  };
}

/** Writes a preflight report to a file as JUnit; that it cannot be written is told and stops nothing. */
export function writeJunit(file: string, report: PreflightReport, { inform }: Pick<CommandContext, "inform">): void {
  try {
    writeFileSync(file, junitOf(report));
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    inform(`warning: the JUnit report cannot be written to ${file} (${reason}); the command goes on.`);
  }
}
