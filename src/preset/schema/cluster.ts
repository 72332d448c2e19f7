import { z } from "zod";
import { checkCidr, checkSubdomain } from "../formats.ts";
import { checkEndpoint, checkRegistry, checkUrl } from "../web-formats.ts";
import { help, text } from "./text.ts";

export const ha = z
  .strictObject({
    mode: z
      .enum(["single"])
      .meta(help({ description: "How the API stays reachable: single means one control plane.", examples: ["single"] }))
      .default("single"),
    endpoint: text(checkEndpoint, {
      description: "host:port under which clients and nodes reach the API; a DNS name lets the cluster grow later.",
      allowed: "host:port",
      otherwise: "the address of the control plane, port 6443",
      examples: ["k8s.example.com:6443"],
    }).exactOptional(),
  })
  .meta(help({ description: "High availability of the Kubernetes API.", examples: [{ mode: "single" }] }))
  .prefault({});

export const network = z
  .strictObject({
    plugin: z
      .enum(["bridge"])
      .meta(
        help({
          description: "How pods reach each other: bridge is one Linux bridge and one route per node.",
          examples: ["bridge"],
        }),
      )
      .default("bridge"),
    podCIDR: text(checkCidr, {
      description: "Range the pods get their addresses from.",
      allowed: "an IPv4 range that overlaps neither serviceCIDR nor any node",
      examples: ["10.244.0.0/16"],
    }).default("10.244.0.0/16"),
    serviceCIDR: text(checkCidr, {
      description: "Range the services get their addresses from.",
      allowed: "an IPv4 range from /12 to /28 that overlaps neither podCIDR nor any node",
      examples: ["10.96.0.0/12"],
    }).default("10.96.0.0/12"),
    nodePrefix: z
      .int()
      .min(16)
      .max(28)
      .meta(
        help({
          description: "Prefix length of the part of podCIDR each node gets; 24 gives a node 254 addresses.",
          examples: [24],
        }),
      )
      .default(24),
    dnsDomain: text(checkSubdomain, {
      description: "DNS domain of the services.",
      examples: ["cluster.local"],
    }).default("cluster.local"),
  })
  .meta(help({ description: "Addresses and how pods reach each other.", examples: [{ podCIDR: "10.244.0.0/16" }] }))
  .prefault({});

export const runtime = z
  .strictObject({
    engine: z
      .enum(["containerd"])
      .meta(help({ description: "What runs the containers.", examples: ["containerd"] }))
      .default("containerd"),
    registryMirrors: z
      .array(
        z
          .strictObject({
            registry: text(checkRegistry, {
              description: "Registry as image names spell it.",
              examples: ["registry.k8s.io"],
            }),
            mirrors: z
              .array(
                text(checkUrl, { description: "Address of one mirror.", examples: ["https://mirror.example.com"] }),
              )
              .min(1)
              .meta(
                help({ description: "Where to ask first, in this order.", examples: [["https://mirror.example.com"]] }),
              ),
          })
          .meta(
            help({
              description: "The mirrors of one registry.",
              examples: [{ registry: "registry.k8s.io", mirrors: ["https://mirror.example.com"] }],
            }),
          ),
      )
      .meta(
        help({
          description: "Registries to be asked elsewhere first.",
          examples: [[{ registry: "registry.k8s.io", mirrors: ["https://mirror.example.com"] }]],
        }),
      )
      .default([]),
  })
  .meta(help({ description: "The container runtime.", examples: [{ engine: "containerd" }] }))
  .prefault({});

export const packages = z
  .strictObject({
    proxy: text(checkUrl, {
      description: "HTTP proxy the nodes use for packages and downloads.",
      otherwise: "none",
      examples: ["http://10.0.0.1:3142"],
    }).exactOptional(),
  })
  .meta(help({ description: "How the nodes get packages.", examples: [{ proxy: "http://10.0.0.1:3142" }] }))
  .prefault({});
