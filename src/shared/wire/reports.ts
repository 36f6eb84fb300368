import { createHash } from 'node:crypto'
import { isObject } from '../is-object.js'

/**
 * What the daemon tells the metering service and whoever is told of trouble: requests and bodies as they go over HTTP
 * (snet-wire 8).
 */

/** Whose daemon reports. */
export interface ReportingDaemon {
  readonly organization: string
  readonly service: string
  /** Group id in base64; empty without payment. */
  readonly group: string
  readonly registry: string
}

/** The same for every start and replica of the daemon of a service (snet-wire 8.1). */
export const daemonId = ({ organization, service, group, registry }: ReportingDaemon): string =>
  createHash('sha256').update(`${organization}${service}${group}${registry}`).digest('hex')

/** What the headers of a report say, and its signature covers (snet-wire 3.2, S14). */
export interface ReportAuthor {
  readonly userName: string
  readonly organization: string
  readonly service: string
  readonly group: string
}

export interface ReportRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** @param signature 65 bytes over the author and the block, with v = 0 or 1 */
export const reportHeaders = (
  { userName, organization, service, group }: ReportAuthor,
  { block, signature }: { readonly block: bigint; readonly signature: Uint8Array },
): Record<string, string> => ({
  'Content-Type': 'application/json',
  'X-username': userName,
  'X-Organizationid': organization,
  'X-Groupid': group,
  'X-Serviceid': service,
  'X-Currentblocknumber': String(block),
  'X-Signature': Buffer.from(signature).toString('base64'),
})

/** Asks the metering service whether it knows the key that signs. */
export const verifyRequest = (endpoint: URL, headers: Readonly<Record<string, string>>): ReportRequest => ({
  method: 'GET',
  url: under(endpoint, 'metering/verify'),
  headers: { ...headers, 'x-authtype': 'verification', 'Access-Control-Allow-Origin': '*' },
})

/** Whether the answer to that says yes. */
export function isVerified(answer: string): boolean {
  try {
    const value: unknown = JSON.parse(answer)
    return isObject(value) && value['data'] === 'success'
  } catch {
    return false
  }
}

/** @param path below the endpoint, such as `USAGE_PATH` */
export const meteringPost = (
  { endpoint, path, id }: { readonly endpoint: URL; readonly path: string; readonly id: string },
  headers: Readonly<Record<string, string>>,
  body: string,
): ReportRequest => post(under(endpoint, path), id, headers, body)

/** @param id of the daemon */
export const alertPost = (
  { endpoint, id }: { readonly endpoint: URL; readonly id: string },
  headers: Readonly<Record<string, string>>,
  body: string,
): ReportRequest => post(endpoint.href, id, headers, body)

export const USAGE_PATH = 'metering/usage'
export const balancePath = (channel: string): string => `contract-api/channel/${channel}/balance`

const post = (url: string, id: string, headers: Readonly<Record<string, string>>, body: string): ReportRequest => ({
  method: 'POST',
  url,
  // Nobody registers for a token, and the name is there all the same.
  headers: { ...headers, 'X-Daemonid': id, 'X-Token': '' },
  body,
})

const under = ({ href }: URL, path: string): string => `${href.replace(/\/+$/, '')}/${path}`

/** One call as it is reported, whatever became of it. Times are milliseconds since 1970. */
export interface ReportedCall {
  readonly requestId: string
  /** Full path, `/package.Service/Method`. */
  readonly method: string
  readonly start: number
  readonly end: number
  readonly seconds: number
  readonly code: number
  /** Empty where the call was answered. */
  readonly error: string
  /** What the client said of itself and its payment; empty where it said nothing. */
  readonly userAgent: string
  readonly channel: string
  readonly user: string
  readonly paymentType: string
  readonly clientType: string
  readonly userDetails: string
}

/** @param rpc where the daemon asks the chain @param version of the daemon */
export const usageBody = (
  call: ReportedCall,
  { organization, service, group, registry }: ReportingDaemon,
  { rpc, version }: { readonly rpc: string; readonly version: string },
): string =>
  JSON.stringify({
    type: 'response',
    registry_address_key: registry,
    ethereum_json_rpc_endpoint: rpc,
    request_id: call.requestId,
    organization_id: organization,
    service_id: service,
    group_id: group,
    service_method: call.method,
    response_sent_time: usageTime(call.end),
    request_received_time: usageTime(call.start),
    response_time: call.seconds.toFixed(4),
    response_code: codeName(call.code),
    error_message: call.error,
    version,
    user_agent: call.userAgent,
    channel_id: call.channel,
    username: call.user,
    operation: 'read',
    usage_type: 'apicall',
    status: call.code === 0 ? 'success' : 'failed',
    start_time: usageTime(call.start),
    end_time: usageTime(call.end),
    usage_value: 1,
    time_zone: '',
    user_address: '',
    payment_mode: call.paymentType,
    client_type: call.clientType,
    user_details: call.userDetails,
  })

/** What a payment has made of its channel. Numbers are decimal text. */
export interface ReportedChannel {
  readonly channel: string
  readonly nonce: string
  readonly authorized: string
  readonly value: string
}

/** Numbers of any size go as such: `JSON.stringify` cannot write them. */
export const channelBody = (
  { channel, nonce, authorized, value }: ReportedChannel,
  { organization, service, group }: ReportingDaemon,
): string =>
  `{"OrganizationID":${JSON.stringify(organization)},"ServiceID":${JSON.stringify(service)},` +
  `"GroupID":${JSON.stringify(group)},"AuthorizedAmount":${authorized},"FullAmount":${value},` +
  `"ChannelId":${channel},"Nonce":${nonce}}`

export interface ReportedTrouble {
  readonly message: string
  readonly details: string
  readonly level: 'ERROR' | 'WARN' | 'INFO'
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The body that is meant (snet-wire 8.3): the reference wraps it into itself once more. */
export const alertBody = (
  { message, details, level, at }: ReportedTrouble,
  { id, recipient }: { readonly id: string; readonly recipient: string },
): string =>
  JSON.stringify({
    component_id: id,
    timestamp: `${usageTime(at)} +0000 UTC`,
    recipient,
    message,
    details,
    component: 'Daemon',
    type: '',
    level,
  })

/** As Go writes it: UTC, and of a fraction nothing that is 0. */
const usageTime = (ms: number): string =>
  new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.?0*Z$/, '')

const CODE_NAMES = [
  ...['OK', 'Canceled', 'Unknown', 'InvalidArgument', 'DeadlineExceeded', 'NotFound', 'AlreadyExists'],
  ...['PermissionDenied', 'ResourceExhausted', 'FailedPrecondition', 'Aborted', 'OutOfRange', 'Unimplemented'],
  ...['Internal', 'Unavailable', 'DataLoss', 'Unauthenticated'],
]

/** A status code as Go names it. */
const codeName = (code: number): string => CODE_NAMES[code] ?? `Code(${code})`
