import { agentMemory, agentStatus, bridgeName, cniConfiguration, cniNetwork, routeProtocol } from "./names.ts";

/**
 * The program that keeps the pod network of one node in step with the cluster's Nodes. It needs nothing but bash,
 * iproute2, iptables and kubectl, reads Nodes and writes only to its own node, so a new node costs the others nothing.
 * What it does to the node is described in docs/network-bridge.md.
 */
export const bridgeAgent = String.raw`#!/bin/bash
# Keeps the pod network of this node in step with the Nodes of the cluster:
# the bridge of the pods, the configuration containerd reads, one route for each other node, and two chains of the
# packet filter. The unit sets NODE, ADDRESS, POD_NETWORK,
# SERVICE_NETWORK and KUBECONFIG. A list of Nodes is a file of lines NAME|RANGE|ADDRESS.
set -u
export LC_ALL=C
bridge=${bridgeName}
protocol=${String(routeProtocol)}
memory=${agentMemory}
status=${agentStatus}
conflist=${cniConfiguration}
fields='{.metadata.name}|{.spec.podCIDR}|{.status.addresses[?(@.type=="InternalIP")].address}{"\n"}'
event_fields='{.type}|{.object.metadata.name}|{.object.spec.podCIDR}|{.object.status.addresses[?(@.type=="InternalIP")].address}{"\n"}'

say() { # one line on how things stand, for people and for the installer
  [ "$(cat "$status" 2>/dev/null)" = "$1" ] && return
  echo "$1"
  mkdir -p "$(dirname "$status")"
  echo "$1" >"$status.part" && mv "$status.part" "$status"
}

line_of() { # NAME: its line of the trusted list
  awk -F '|' -v name="$1" '$1 == name { print; exit }' "$memory/nodes" 2>/dev/null
}

all_but() { # NAME: the other lines of the trusted list
  awk -F '|' -v name="$1" '$1 != name' "$memory/nodes" 2>/dev/null
}

remember() { # replaces the trusted list by the one on standard input
  sort >"$memory/nodes.part" && mv "$memory/nodes.part" "$memory/nodes"
}

link_property() { # DEVICE NAME: asked of the kernel by netlink, because /sys may show another network namespace
  ip -o link show dev "$1" | awk -v name="$2" '{ for (i = 1; i < NF; i++) if ($i == name) { print $(i + 1); exit } }'
}

measure() { # sets mtu to that of the interface the other nodes are reached through
  local device
  device=$(ip -4 -o address show | awk -v address="$ADDRESS" '{ split($4, own, "/") } own[1] == address { print $2; exit }')
  mtu=$(link_property "$device" mtu)
  [ -n "$mtu" ]
}

ensure_bridge() { # RANGE: the node's first address of its range is the gateway of its pods
  local a b c d length gateway mac
  IFS=./ read -r a b c d length <<<"$1"
  d=$((d + 1))
  gateway=$a.$b.$c.$d
  mac=$(printf '0a:58:%02x:%02x:%02x:%02x' "$a" "$b" "$c" "$d")
  ip link show dev "$bridge" >/dev/null 2>&1 || ip link add "$bridge" type bridge || return
  [ "$(link_property "$bridge" link/ether)" = "$mac" ] || ip link set "$bridge" address "$mac" || return
  [ "$(link_property "$bridge" mtu)" = "$mtu" ] || ip link set "$bridge" mtu "$mtu" || return
  [ "$(ip -4 -o address show dev "$bridge" | awk '{ print $4 }')" = "$gateway/$length" ] || {
    ip -4 address flush dev "$bridge"
    ip address add "$gateway/$length" dev "$bridge" || return
  }
  ip link set "$bridge" up
}

ensure_cni() { # RANGE: written with the shell's own means, because the kubelet looks within a tenth of a second
  local wanted present=''
  printf -v wanted '{
  "cniVersion": "0.3.1",
  "name": "${cniNetwork}",
  "plugins": [
    {
      "type": "bridge",
      "bridge": "%s",
      "mtu": %s,
      "isDefaultGateway": true,
      "hairpinMode": true,
      "ipam": { "type": "host-local", "ranges": [[{ "subnet": "%s" }]] }
    },
    { "type": "portmap", "capabilities": { "portMappings": true } }
  ]
}\n' "$bridge" "$mtu" "$1"
  [ ! -f "$conflist" ] || IFS= read -r -d '' present <"$conflist"
  [ "$present" != "$wanted" ] || return 0
  [ -d "/etc/cni/net.d" ] || mkdir -p /etc/cni/net.d
  printf '%s' "$wanted" >"$conflist.part" && mv "$conflist.part" "$conflist"
}

ensure_chain() { # TABLE CHAIN FROM RULES: the chain holds exactly the rules, and FROM leads into it
  local wanted
  wanted=$(echo "-N $2"; echo "$4")
  [ "$(iptables -w -t "$1" -S "$2" 2>/dev/null)" = "$wanted" ] ||
    printf '*%s\n:%s - [0:0]\n%s\nCOMMIT\n' "$1" "$2" "$4" | iptables-restore -w --noflush || return
  iptables -w -t "$1" -C "$3" -j "$2" 2>/dev/null || iptables -w -t "$1" -A "$3" -j "$2"
}

ensure_packet_filter() { # RANGE: pods keep their address towards pods and nodes, and take the node's for the rest;
  # a Service address kube-proxy does not know yet is refused at once, because a pod would wait half a minute for silence
  local chain=KUBE-INSTALLER-POSTROUTING rules address
  rules="-A $chain ! -s $1 -j RETURN
-A $chain -d $POD_NETWORK -j RETURN"
  for address in $(cut -d '|' -f 3 "$memory/nodes" | cut -d ' ' -f 1); do
    rules="$rules
-A $chain -d $address/32 -j RETURN"
  done
  ensure_chain nat "$chain" POSTROUTING "$rules
-A $chain -d 224.0.0.0/4 -j RETURN
-A $chain -j MASQUERADE" || return
  chain=KUBE-INSTALLER-FORWARD
  ensure_chain filter "$chain" FORWARD "-A $chain -d $SERVICE_NETWORK -j REJECT --reject-with icmp-port-unreachable
-A $chain -s $POD_NETWORK -j ACCEPT
-A $chain -d $POD_NETWORK -j ACCEPT"
}

our_routes() { # lines RANGE ADDRESS; only routes marked with our protocol number are ours
  ip -4 route show proto "$protocol" | awk '$2 == "via" { print $1, $3 }'
}

ensure_routes() { # starts no program for a node whose route is there, because there may be a thousand
  local name range address problems='' count=0
  local -A present=() wanted=()
  while read -r range address; do present["$range $address"]=1; done < <(our_routes)
  while IFS='| ' read -r name range address _; do
    [ "$name" != "$NODE" ] && [ -n "$range" ] && [ -n "$address" ] || continue
    wanted["$range $address"]=1
    count=$((count + 1))
    [[ ! -v present["$range $address"] ]] || continue
    case $(ip -4 route get "$address" 2>/dev/null) in
    '' | *' via '*) ;;
    *) ip -4 route replace "$range" via "$address" proto "$protocol" && echo "route $range via $address ($name)" && continue ;;
    esac
    problems="$problems $name ($address)"
  done <"$memory/nodes"
  our_routes | while read -r range address; do
    [[ ! -v wanted["$range $address"] ]] || continue
    ip -4 route delete "$range" via "$address" proto "$protocol" && echo "no route $range via $address any more"
  done
  if [ -n "$problems" ]; then say "problem: not on the same link:$problems"; else say "ok: routes to $count nodes"; fi
}

apply() { # makes the node as the trusted list says
  local range
  IFS='|' read -r _ range _ <<<"$(line_of "$NODE")"
  [ -n "$range" ] || { say "waiting: the cluster has given this node no pod range yet"; return; }
  measure || { say "problem: no interface has the address $ADDRESS"; return; }
  ensure_cni "$range" || { say "problem: $conflist cannot be written"; return; }
  ensure_bridge "$range" || { say "problem: the bridge $bridge cannot be made"; return; }
  ensure_packet_filter "$range" || { say "problem: the packet filter cannot be set"; return; }
  ensure_routes
}

sync() { # asks for all Nodes; an answer without this node is not trusted, so a broken API never removes routes
  local list
  list=$(kubectl get nodes --request-timeout=20s -o "jsonpath={range .items[*]}$fields{end}" 2>"$memory/refusal") ||
    { say "waiting: the API does not answer: $(tail -n 1 "$memory/refusal")"; return 1; }
  list=$(grep -E '^[a-z0-9.-]+[|][0-9./]*[|][0-9a-f.: ]*$' <<<"$list")
  if awk -F '|' -v name="$NODE" '$1 == name { found = 1 } END { exit !found }' <<<"$list"; then remember <<<"$list"; fi
  apply
}

follow() { # takes over changes as they happen; looks after its own work every 15 seconds; ends with the watch
  local type name range addresses known
  while :; do
    if IFS='|' read -r -t 15 -u 3 type name range addresses; then
      [[ $type =~ ^(ADDED|MODIFIED|DELETED)$ && $range =~ ^[0-9./]*$ && $addresses =~ ^[0-9a-f.:\ ]*$ ]] || continue
      [ "$name" != "$NODE" ] || [ "$type" = DELETED ] || [ -z "$range" ] || ensure_cni "$range"
      known=$(line_of "$name")
      if [ "$type" = DELETED ]; then
        [ -n "$known" ] && [ "$name" != "$NODE" ] || continue
        all_but "$name" | remember
      else
        [ "$known" != "$name|$range|$addresses" ] || continue
        { all_but "$name"; echo "$name|$range|$addresses"; } | remember
      fi
      apply
    elif [ $? -gt 128 ]; then
      apply
    else
      return
    fi
  done
}

mkdir -p "$memory"
until measure; do
  say "problem: no interface has the address $ADDRESS"
  sleep 1
done
[ -s "$memory/nodes" ] && apply
while :; do
  if sync; then
    exec 3< <(exec setpriv --pdeathsig KILL kubectl get nodes --watch --output-watch-events --request-timeout=600s \
      -o "jsonpath=$event_fields" 2>/dev/null)
    follow
    exec 3<&-
  fi
  sleep 1
done
`;
