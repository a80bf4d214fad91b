import { list } from './code.ts';

/**
 * What is asked about the client's situation. Every list is optional and ends with an answer for "not known".
 * `residence-length` is the classification of the ALPO register itself; education follows the ISCED 2011 levels.
 */
// prettier-ignore
export const background = {
	'residence-length': list('Suomessa asumisen kesto', 'Vistelsetid i Finland', 'Length of residence in Finland', [
		['not-in-finland', 'Ei asu Suomessa', 'Bor inte i Finland', 'Does not live in Finland'],
		['under-1', 'Alle 1 vuosi', 'Under 1 år', 'Less than 1 year'],
		['1-3', '1–3 vuotta', '1–3 år', '1–3 years'],
		['3-5', '3–5 vuotta', '3–5 år', '3–5 years'],
		['over-5', 'Yli 5 vuotta', 'Över 5 år', 'Over 5 years'],
		['unknown', 'Ei tietoa', 'Ingen uppgift', 'Not known']
	]),
	'residence-ground': list('Maahantulon syy', 'Orsak till inresa', 'Reason for coming to Finland', [
		['family', 'Perheside', 'Familjeband', 'Family ties'],
		['protection', 'Pakolaisuus tai kansainvälinen suojelu', 'Flyktingskap eller internationellt skydd', 'Refugee status or international protection'],
		['work', 'Työ', 'Arbete', 'Work'],
		['study', 'Opiskelu', 'Studier', 'Study'],
		['entrepreneur', 'Yrittäjyys', 'Företagande', 'Entrepreneurship'],
		['eu', 'EU-kansalaisen vapaa liikkuvuus', 'EU-medborgares fria rörlighet', 'EU free movement'],
		['nordic', 'Pohjoismaiden kansalainen', 'Nordisk medborgare', 'Nordic citizen'],
		['return', 'Paluumuutto', 'Återflyttning', 'Return migration'],
		['temporary-protection', 'Tilapäinen suojelu', 'Tillfälligt skydd', 'Temporary protection'],
		['asylum-pending', 'Turvapaikkaa hakenut, päätös kesken', 'Asylsökande, beslut väntar', 'Asylum application pending', { sensitive: true, askedByDefault: false }],
		['undocumented', 'Ei oleskelulupaa', 'Inget uppehållstillstånd', 'No residence permit', { sensitive: true, askedByDefault: false }],
		['finnish-citizen', 'Suomen kansalainen', 'Finsk medborgare', 'Finnish citizen'],
		['other', 'Muu', 'Annan', 'Other'],
		['unknown', 'Ei tietoa', 'Ingen uppgift', 'Not known']
	]),
	'age-band': list('Ikäryhmä', 'Åldersgrupp', 'Age band', [
		['0-14', '0–14 vuotta', '0–14 år', '0–14'],
		['15-24', '15–24 vuotta', '15–24 år', '15–24'],
		['25-44', '25–44 vuotta', '25–44 år', '25–44'],
		['45-64', '45–64 vuotta', '45–64 år', '45–64'],
		['65-', '65 vuotta täyttäneet', '65 år eller äldre', '65 and over'],
		['unknown', 'Ei tietoa', 'Ingen uppgift', 'Not known']
	]),
	'gender': list('Sukupuoli', 'Kön', 'Gender', [
		['female', 'Nainen', 'Kvinna', 'Woman'],
		['male', 'Mies', 'Man', 'Man'],
		['other', 'Muu', 'Annat', 'Other'],
		['not-stated', 'Ei kerrottu', 'Inte uppgett', 'Not stated']
	]),
	'citizenship-group': list('Kansalaisuusryhmä', 'Medborgarskapsgrupp', 'Citizenship group', [
		['fi', 'Suomi', 'Finland', 'Finland'],
		['nordic', 'Muu Pohjoismaa', 'Annat nordiskt land', 'Other Nordic country'],
		['eu-eea-ch', 'Muu EU/ETA-maa tai Sveitsi', 'Annat EU/EES-land eller Schweiz', 'Other EU/EEA country or Switzerland'],
		['third-country', 'Kolmas maa', 'Tredjeland', 'Third country'],
		['stateless', 'Kansalaisuudeton', 'Statslös', 'Stateless'],
		['unknown', 'Ei tietoa', 'Ingen uppgift', 'Not known']
	]),
	'education': list('Koulutustausta', 'Utbildningsbakgrund', 'Educational background', [
		['none', 'Ei koulutusta', 'Ingen utbildning', 'No education'],
		['under-basic', 'Perusasteen osia', 'En del av grundnivån', 'Some basic education'],
		['basic', 'Perusaste', 'Grundnivå', 'Basic (lower secondary)'],
		['upper-secondary-general', 'Lukio', 'Gymnasium', 'General upper secondary'],
		['upper-secondary-vocational', 'Ammatillinen toinen aste', 'Yrkesutbildning på andra stadiet', 'Vocational upper secondary'],
		['bachelor', 'Alempi korkeakoulutus', 'Lägre högskoleutbildning', 'Bachelor level'],
		['master', 'Ylempi korkeakoulutus', 'Högre högskoleutbildning', 'Master level'],
		['doctoral', 'Tutkijakoulutus', 'Forskarutbildning', 'Doctoral level'],
		['unknown', 'Ei tietoa', 'Ingen uppgift', 'Not known']
	]),
	'literacy': list('Luku- ja kirjoitustaito', 'Läs- och skrivkunnighet', 'Literacy', [
		['latin', 'Lukee latinalaisilla kirjaimilla', 'Läser latinska bokstäver', 'Reads Latin script'],
		['other-script', 'Lukee muulla kirjaimistolla', 'Läser ett annat skriftsystem', 'Reads another script'],
		['none', 'Ei lue tai kirjoita', 'Läser eller skriver inte', 'Cannot read or write'],
		['unknown', 'Ei tietoa', 'Ingen uppgift', 'Not known']
	]),
	'employment-status': list('Pääasiallinen toiminta', 'Huvudsaklig verksamhet', 'Main activity', [
		['employed', 'Työssä', 'I arbete', 'Employed'],
		['entrepreneur', 'Yrittäjä', 'Företagare', 'Entrepreneur'],
		['unemployed', 'Työtön työnhakija', 'Arbetslös arbetssökande', 'Unemployed jobseeker'],
		['training', 'Kotoutumis- tai työvoimakoulutuksessa', 'I integrations- eller arbetskraftsutbildning', 'In integration or labour-market training'],
		['student', 'Opiskelija tai koululainen', 'Studerande eller elev', 'Student or pupil'],
		['home', 'Hoitaa lasta tai kotia', 'Vårdar barn eller hem', 'Caring for children or home'],
		['pensioner', 'Eläkkeellä', 'Pensionerad', 'Retired'],
		['unable', 'Työkyvytön tai sairauslomalla', 'Arbetsoförmögen eller sjukledig', 'Unable to work or on sick leave'],
		['reception', 'Vastaanottopalveluissa', 'Inom mottagningstjänster', 'In reception services'],
		['other', 'Muu', 'Annat', 'Other'],
		['unknown', 'Ei tietoa', 'Ingen uppgift', 'Not known']
	])
};
