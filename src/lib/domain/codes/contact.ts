import { list } from './code.ts';

/** How, where, by whom and in which way of speaking the contact was made. */
// prettier-ignore
export const contact = {
	'contact-channel': list('Yhteydenottotapa', 'Kontaktsätt', 'Contact channel', [
		['walk-in', 'Käynti ilman ajanvarausta', 'Besök utan tidsbokning', 'Walk-in visit'],
		['appointment', 'Varattu tapaaminen', 'Bokat möte', 'Booked appointment'],
		['roaming', 'Kiertävä vastaanotto', 'Ambulerande mottagning', 'Roaming reception'],
		['pop-up', 'Pop-up-piste', 'Pop up-punkt', 'Pop-up desk'],
		['outreach', 'Jalkautuva neuvonta', 'Uppsökande rådgivning', 'Outreach'],
		['home-visit', 'Kotikäynti', 'Hembesök', 'Home visit'],
		['phone', 'Puhelin', 'Telefon', 'Phone'],
		['sms', 'Tekstiviesti', 'Textmeddelande', 'Text message'],
		['messaging', 'Viestisovellus tai some', 'Meddelandeapp eller sociala medier', 'Messaging app or social media'],
		['email', 'Sähköposti', 'E-post', 'Email'],
		['chat', 'Chat', 'Chatt', 'Chat'],
		['video', 'Videoyhteys', 'Videosamtal', 'Video call'],
		['letter', 'Kirje', 'Brev', 'Letter'],
		['group', 'Ryhmäohjaus', 'Grupphandledning', 'Group guidance'],
		['event', 'Info- tai muu tilaisuus', 'Info- eller annat evenemang', 'Info session or event'],
		['consultation', 'Ammattilaisen konsultaatio', 'Konsultation för yrkesperson', 'Consultation for a professional']
	]),
	'place-type': list('Paikka', 'Plats', 'Type of place', [
		['advice-point', 'Neuvontapiste', 'Rådgivningspunkt', 'Advice point'],
		['municipal-service-point', 'Kunnan palvelupiste', 'Kommunens servicepunkt', 'Municipal service point'],
		['library', 'Kirjasto', 'Bibliotek', 'Library'],
		['school', 'Oppilaitos tai koulutuksen tila', 'Läroanstalt eller utbildningslokal', 'School or training premises'],
		['community-space', 'Asukas- tai järjestötila', 'Invånar- eller föreningslokal', 'Community or NGO space'],
		['reception-centre', 'Vastaanottokeskus', 'Förläggning', 'Reception centre'],
		['shopping-centre', 'Kauppakeskus', 'Köpcentrum', 'Shopping centre'],
		['employer', 'Työpaikka', 'Arbetsplats', 'Workplace'],
		['home', 'Asiakkaan koti', 'Klientens hem', 'Client’s home'],
		['remote', 'Etäyhteys', 'På distans', 'Remote'],
		['other', 'Muu', 'Annan', 'Other']
	]),
	'contact-party': list('Yhteydenottaja', 'Vem tog kontakt', 'Who made contact', [
		['client', 'Asiakas itse', 'Klienten själv', 'Client'],
		['relative', 'Omainen tai ystävä', 'Anhörig eller vän', 'Relative or friend'],
		['professional', 'Viranomainen tai ammattilainen', 'Myndighet eller yrkesperson', 'Authority or professional'],
		['employer', 'Työnantaja', 'Arbetsgivare', 'Employer'],
		['ngo', 'Järjestö', 'Organisation', 'NGO'],
		['other', 'Muu', 'Annan', 'Other']
	]),
	'client-status': list('Asiakkuus', 'Klientskap', 'Client status', [
		['new', 'Uusi asiakas', 'Ny klient', 'New client'],
		['returning', 'Asioinut aiemmin', 'Har besökt tidigare', 'Returning client'],
		['unknown', 'Ei tietoa', 'Ingen uppgift', 'Not known']
	]),
	'interpreting': list('Kielituki ja tulkkaus', 'Språkstöd och tolkning', 'Language support and interpreting', [
		['none', 'Ei tarvittu', 'Behövdes inte', 'Not needed'],
		['own-language', 'Neuvoja puhui asiakkaan kieltä', 'Rådgivaren talade klientens språk', 'Adviser spoke the client’s language'],
		['interpreter-onsite', 'Tulkki paikalla', 'Tolk på plats', 'Interpreter on site'],
		['interpreter-phone', 'Puhelintulkki', 'Telefontolk', 'Interpreter by phone'],
		['interpreter-video', 'Videotulkki', 'Videotolk', 'Interpreter by video'],
		['companion', 'Läheinen tulkkasi', 'Närstående tolkade', 'Relative or friend interpreted'],
		['machine', 'Käännössovellus', 'Översättningsapp', 'Machine translation'],
		['plain-language', 'Selkokieli', 'Lättläst språk', 'Plain language'],
		['needed-unavailable', 'Tarvittiin, ei saatu', 'Behövdes men fanns inte', 'Needed but not available']
	])
};
