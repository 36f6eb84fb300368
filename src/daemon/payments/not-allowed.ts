/** What is told whoever is not among the users to whom the provider restricts the service. */
export const NOT_ALLOWED = 'you are not Authorized to call this service during curation process'

/** The hint beside it, without its full stop. */
export const RESTRICTED = 'The provider restricts this service to certain users'
