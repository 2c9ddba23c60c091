export const dnsOf = (world: any) => ({
  async resolve(name: string) {
    const es = world.dns.filter((d: any) => d.name === name)
    const addresses = es.filter((d: any) => d.type !== 'CNAME').map((d: any) => d.value).sort()
    return addresses.length ? { outcome: 'answer' as const, canonicalNames: [], addresses } : { outcome: 'no-such-name' as const, canonicalNames: [], addresses: [] }
  },
})
