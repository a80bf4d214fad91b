import { list } from './code.ts';

/**
 * What was done and what came of it. Since 2023 social and health services belong to wellbeing services counties and
 * since 2025 employment services to employment areas (HE 208/2022), hence the bodies in `partner-body`.
 */
// prettier-ignore
export const advice = {
	'action': list('Mitä tehtiin', 'Åtgärd', 'Action taken', [
		['information', 'Annettiin tietoa', 'Gav information', 'Gave information'],
		['guidance', 'Neuvottiin tai ohjattiin', 'Gav råd eller handledning', 'Gave advice or guidance'],
		['form-help', 'Autettiin lomakkeen täytössä', 'Hjälpte med blankett', 'Helped with a form'],
		['letter-explained', 'Selitettiin päätös tai kirje', 'Förklarade beslut eller brev', 'Explained a decision or letter'],
		['contact-made', 'Otettiin yhteyttä asiakkaan kanssa', 'Kontaktade tillsammans med klienten', 'Contacted a body together with the client'],
		['booking', 'Varattiin aika', 'Bokade tid', 'Booked an appointment'],
		['referral', 'Ohjattiin eteenpäin', 'Hänvisade vidare', 'Referred onwards'],
		['accompanied', 'Lähdettiin mukaan', 'Följde med', 'Accompanied the client'],
		['digital-help', 'Opastettiin sähköisessä asioinnissa', 'Handledde i e-tjänst', 'Helped with an e-service'],
		['material', 'Annettiin materiaalia', 'Gav material', 'Gave material'],
		['follow-up', 'Sovittiin uusi tapaaminen', 'Avtalade nytt möte', 'Agreed on a new meeting'],
		['consulted', 'Kysyttiin kollegalta tai back officesta', 'Konsulterade kollega eller back office', 'Consulted a colleague or back office']
	], { multiple: true }),
	'partner-body': list('Yhteistyötaho tai ohjaus eteenpäin', 'Samarbetspart eller hänvisning vidare', 'Cooperation body or referral', [
		['kela', 'Kela', 'FPA', 'Kela'],
		['employment-authority', 'Työvoimaviranomainen (työllisyysalue)', 'Arbetskraftsmyndighet (sysselsättningsområde)', 'Employment authority (employment area)'],
		['municipal-integration', 'Kunnan kotoutumispalvelut', 'Kommunens integrationstjänster', 'Municipal integration services'],
		['wellbeing-social', 'Hyvinvointialueen sosiaali- ja perhepalvelut', 'Välfärdsområdets social- och familjetjänster', 'Wellbeing services county: social and family services'],
		['wellbeing-health', 'Hyvinvointialueen terveyspalvelut', 'Välfärdsområdets hälsovård', 'Wellbeing services county: health services'],
		['migri', 'Maahanmuuttovirasto', 'Migrationsverket', 'Finnish Immigration Service'],
		['dvv', 'Digi- ja väestötietovirasto', 'Myndigheten för digitalisering och befolkningsdata', 'Digital and Population Data Services Agency'],
		['police', 'Poliisi', 'Polisen', 'Police'],
		['tax', 'Verohallinto', 'Skatteförvaltningen', 'Tax Administration'],
		['early-childhood', 'Varhaiskasvatus', 'Småbarnspedagogik', 'Early childhood education'],
		['school', 'Koulu', 'Skola', 'School'],
		['educational-institution', 'Oppilaitos', 'Läroanstalt', 'Educational institution'],
		['international-house', 'International House tai vastaava', 'International House eller motsvarande', 'International House or similar'],
		['other-advice-point', 'Toinen neuvontapiste', 'Annan rådgivningspunkt', 'Another advice point'],
		['library', 'Kirjasto', 'Bibliotek', 'Library'],
		['housing-provider', 'Vuokranantaja tai asuntopalvelu', 'Hyresvärd eller bostadstjänst', 'Landlord or housing service'],
		['employer', 'Työnantaja', 'Arbetsgivare', 'Employer'],
		['trade-union', 'Ammattiliitto', 'Fackförbund', 'Trade union'],
		['ngo', 'Järjestö', 'Organisation', 'NGO'],
		['parish', 'Seurakunta tai uskonnollinen yhteisö', 'Församling eller religiöst samfund', 'Parish or religious community'],
		['legal-aid', 'Oikeusapu ja talousneuvonta', 'Rättshjälp och ekonomirådgivning', 'Legal aid and debt counselling'],
		['victim-support', 'Rikosuhripäivystys tai turvakoti', 'Brottsofferjouren eller skyddshem', 'Victim Support or shelter', { sensitive: true }],
		['trafficking-assistance', 'Ihmiskaupan uhrien auttamisjärjestelmä', 'Hjälpsystemet för offer för människohandel', 'Assistance system for victims of human trafficking', { sensitive: true }],
		['reception-centre', 'Vastaanottokeskus', 'Förläggning', 'Reception centre'],
		['interpreting-service', 'Tulkkipalvelu', 'Tolktjänst', 'Interpreting service'],
		['bank', 'Pankki', 'Bank', 'Bank'],
		['embassy', 'Suurlähetystö', 'Ambassad', 'Embassy'],
		['business-advice', 'Yritysneuvonta', 'Företagsrådgivning', 'Business advice'],
		['elinvoimakeskus', 'Elinvoimakeskus (ent. ELY)', 'Livskraftscentral (f.d. NTM)', 'Economic Development Centre (former ELY)'],
		['none', 'Ei ohjattu eteenpäin', 'Ingen hänvisning', 'No referral'],
		['other', 'Muu', 'Annan', 'Other']
	], { multiple: true }),
	'referral-method': list('Ohjaustapa', 'Hänvisningssätt', 'How referred', [
		['told', 'Annettiin yhteystiedot', 'Gav kontaktuppgifter', 'Gave contact details'],
		['called-together', 'Soitettiin yhdessä', 'Ringde tillsammans', 'Called together'],
		['booked', 'Varattiin aika', 'Bokade tid', 'Booked an appointment'],
		['accompanied', 'Saatettiin paikalle', 'Följde med', 'Accompanied'],
		['letter', 'Annettiin kirje tai lappu mukaan', 'Gav ett brev eller en lapp', 'Gave a letter or slip'],
		['information-transfer', 'Tiedonsiirto asiakkaan suostumuksella', 'Informationsöverföring med klientens samtycke', 'Information transfer with the client’s consent'],
		['warm', 'Saatettiin tai soitettiin yhdessä', 'Följde med eller ringde tillsammans', 'Accompanied or called together', { retired: true, replacedBy: ['called-together', 'accompanied'] }]
	]),
	'taken-up': list('Toteutuiko ohjaus', 'Blev det av', 'Did the referral work out', [
		['yes', 'Asiakas sai palvelun', 'Klienten fick tjänsten', 'The client got the service'],
		['no', 'Ei toteutunut', 'Blev inte av', 'It did not happen'],
		['unknown', 'Ei tietoa', 'Ingen uppgift', 'Not known']
	]),
	'outcome': list('Lopputulos', 'Resultat', 'Outcome', [
		['resolved', 'Asia selvisi', 'Ärendet löstes', 'Resolved'],
		['referred', 'Ohjattiin muualle', 'Hänvisades vidare', 'Referred'],
		['continues', 'Asia jatkuu', 'Ärendet fortsätter', 'Continues'],
		['no-service', 'Sopivaa palvelua ei ole', 'Ingen lämplig tjänst finns', 'No suitable service exists'],
		['not-resolved', 'Asiaa ei voitu ratkaista', 'Ärendet kunde inte lösas', 'Could not be resolved'],
		['unknown', 'Ei tietoa', 'Ingen uppgift', 'Not known']
	]),
	'duration': list('Kesto', 'Längd', 'Duration', [
		['0-5', 'Alle 5 min', 'Under 5 min', 'Under 5 min', { minutes: [0, 5] }],
		['5-15', '5–15 min', '5–15 min', '5–15 min', { minutes: [5, 15] }],
		['15-30', '15–30 min', '15–30 min', '15–30 min', { minutes: [15, 30] }],
		['30-60', '30–60 min', '30–60 min', '30–60 min', { minutes: [30, 60] }],
		['60-', 'Yli tunti', 'Över en timme', 'Over an hour', { minutes: [60, null] }]
	]),
	'consent': list('Suostumus tietojen siirtoon', 'Samtycke till informationsöverföring', 'Consent to share information', [
		['not-asked', 'Ei kysytty', 'Inte tillfrågad', 'Not asked'],
		['given-written', 'Annettu kirjallisesti', 'Givet skriftligt', 'Given in writing'],
		['given-verbal', 'Annettu suullisesti', 'Givet muntligt', 'Given verbally'],
		['refused', 'Kieltäytyi', 'Vägrade', 'Refused'],
		['withdrawn', 'Peruttu', 'Återkallat', 'Withdrawn']
	])
};
