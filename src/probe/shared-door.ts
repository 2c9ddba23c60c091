/** Doors of services that many customers share: HTTPS, IPv4, and each under its own name. */
import type { Door, Proof } from './entry.ts'

/**
 * IPv4 alone, as not every host of these services has an IPv6 address and not every prober either: the services judge both
 * alike but for policies that name addresses, and a witness that needs IPv6 is asked as it is.
 */
export const sharedDoor = (name: string, entryPoint: string, scheme: Door['scheme'] = 'https'): Door => ({
  name,
  port: scheme === 'https' ? 443 : 80,
  scheme,
  family: 4,
  entryPoints: [entryPoint, name],
  listener: null,
})

/** A name that AWS gives to one customer's resource proves itself, as nobody else can have it. */
export const itsOwn = (name: string): Proof => ({ name, by: name })
