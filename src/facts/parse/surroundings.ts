import type { Answer } from "../ask.ts";
import type { Facts, FilterChain } from "../facts.ts";
import { linesOf } from "./text.ts";

/** What lies between the node and others: packet filters and HTTP proxies. */
export function parseSurroundings(answer: Answer): Pick<Facts, "filterChains" | "proxies"> {
  return { filterChains: parseChains(answer("filter-chains")), proxies: parseProxies(answer("proxies")) };
}

function parseChains(text: string): readonly FilterChain[] {
  const chains: FilterChain[] = [];
  let [table, chain] = ["", ""];
  for (const line of linesOf(text)) {
    table = /^table (\S+ \S+) \{/.exec(line)?.[1] ?? table;
    chain = /^chain (\S+) \{/.exec(line)?.[1] ?? chain;
    const base = /^type \S+ hook (input|forward) priority [^;]+; policy (accept|drop);/.exec(line);
    if (base !== null) chains.push({ table, chain, hook: hookOf(base[1]), policy: policyOf(base[2]) });
    const listed = /^(iptables\S*) -P (INPUT|FORWARD) (ACCEPT|DROP)$/.exec(line);
    if (listed === null) continue;
    const name = listed[2] ?? "";
    const of = listed[1] === "iptables" ? "ip filter" : "legacy filter";
    chains.push({ table: of, chain: name, hook: hookOf(name.toLowerCase()), policy: policyOf(listed[3]) });
  }
  return chains;
}

function hookOf(text: string | undefined): FilterChain["hook"] {
  return text === "forward" ? "forward" : "input";
}

function policyOf(text: string | undefined): FilterChain["policy"] {
  return text?.toLowerCase() === "drop" ? "drop" : "accept";
}

function parseProxies(text: string): Facts["proxies"] {
  return Object.fromEntries(
    linesOf(text).flatMap((line) => {
      const found = /^(?:export )?(\w+_proxy)=(["']?)(.+)\2$/i.exec(line);
      return found === null ? [] : [[(found[1] ?? "").toLowerCase(), withoutCredentials(found[3] ?? "")]];
    }),
  );
}

function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//");
}
