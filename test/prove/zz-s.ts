import { spacesOf } from '#prove/network/space.ts'
import * as b from './build.ts'

const t = b.topologyOf([])
for (let i = 0; i < 5; i++) {
  const a = performance.now()
  spacesOf(t)
  console.log(performance.now() - a)
}
