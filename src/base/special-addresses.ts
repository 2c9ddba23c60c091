/** Address ranges that are not of the public internet, from the IANA special-purpose registries (RFC 6890 and updates). */

export const nonPublicRanges: Readonly<Record<4 | 6, readonly string[]>> = {
  4: [
    '0.0.0.0/8', // this network
    '10.0.0.0/8', // private
    '100.64.0.0/10', // shared address space (CGNAT)
    '127.0.0.0/8', // loopback
    '169.254.0.0/16', // link-local, instance metadata
    '172.16.0.0/12', // private
    '192.0.0.0/24', // protocol assignments
    '192.0.2.0/24', // documentation
    '192.88.99.0/24', // 6to4 relay anycast, withdrawn
    '192.168.0.0/16', // private
    '198.18.0.0/15', // benchmarking
    '198.51.100.0/24', // documentation
    '203.0.113.0/24', // documentation
    '224.0.0.0/4', // multicast
    '240.0.0.0/4', // reserved, broadcast
  ],
  // Inside 2000::/3, the global unicast space; everything outside it is not public anyway.
  6: [
    '2001::/23', // protocol assignments, Teredo, ORCHID
    '2001:db8::/32', // documentation
    '2002::/16', // 6to4: judged by the IPv4 address it carries
    '3fff::/20', // documentation
  ],
}
