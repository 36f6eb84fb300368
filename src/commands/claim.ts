import { ClaimCommand } from '../client/index.js'

/** The same as `channel claim`. */
export default class Claim extends ClaimCommand {}
