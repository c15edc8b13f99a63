/** Ana Dubois, who registers, signs in and changes her mind in the tests of this area. */
export const ANA = { email: 'ana@meravia.example', password: 'the fig tree leans' };
export const REGISTRATION = { name: 'Ana Dubois', ...ANA, locale: 'en' };
/** From where she comes. */
export const HERE = { network: '203.0.113.9', device: 'Firefox · Linux' };
