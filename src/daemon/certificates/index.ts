export type { CertificateView } from './certificate.js'
export { FileCertificate } from './file-certificate.js'
export type { ServedCertificate } from './served.js'
