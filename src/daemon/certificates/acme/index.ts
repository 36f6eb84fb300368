export { AcmeCertificate } from './acme-certificate.js'
