import { codes, type TopicGroup } from './code.ts';
import { topicNames } from './topic-names.ts';

/**
 * The first level of a topic (Finnish: aihe) in the fixed order of the tiles, each with its second level. Built on the
 * most common topics that the ALPO register's evaluations name, Act 681/2023 §13 and the contents of Perustietoa Suomesta.
 */
// prettier-ignore
export const topicGroups: readonly TopicGroup[] = [
	{
		id: 'permits', fi: 'Luvat, rekisteröityminen ja kansalaisuus', sv: 'Tillstånd, registrering och medborgarskap', en: 'Permits, registration and citizenship',
		short: topicNames.permits,
		codes: codes([
			['permits.residence-permit', 'Oleskelulupa ja jatkolupa', 'Uppehållstillstånd och fortsatt tillstånd', 'Residence permit and extension'],
			['permits.eu-registration', 'EU-kansalaisen oleskeluoikeus', 'Uppehållsrätt för EU-medborgare', 'EU citizen’s right of residence'],
			['permits.family-reunification', 'Perheenyhdistäminen', 'Familjeåterförening', 'Family reunification'],
			['permits.international-protection', 'Turvapaikka ja kansainvälinen suojelu', 'Asyl och internationellt skydd', 'Asylum and international protection', { sensitive: true }],
			['permits.temporary-protection', 'Tilapäinen suojelu', 'Tillfälligt skydd', 'Temporary protection'],
			['permits.citizenship', 'Kansalaisuus', 'Medborgarskap', 'Citizenship'],
			['permits.travel-document', 'Passi ja matkustusasiakirja', 'Pass och resedokument', 'Passport and travel document'],
			['permits.population-register', 'Henkilötunnus, kotikunta ja muuttoilmoitus', 'Personbeteckning, hemkommun och flyttanmälan', 'Personal identity code, municipality of residence and notification of move'],
			['permits.identity-card', 'Henkilökortti ja henkilöllisyyden todistaminen', 'Identitetskort och styrkande av identitet', 'Identity card and proof of identity'],
			['permits.return-migration', 'Paluumuutto ja maastamuutto', 'Återflyttning och utflyttning', 'Return migration and moving abroad']
		])
	},
	{
		id: 'forms-decisions', fi: 'Lomakkeet, päätökset ja asian hoitaminen', sv: 'Blanketter, beslut och uträttande av ärenden', en: 'Forms, decisions and handling matters',
		short: topicNames['forms-decisions'],
		codes: codes([
			['forms-decisions.form-filling', 'Lomakkeen tai hakemuksen täyttäminen', 'Ifyllande av blankett eller ansökan', 'Filling in a form or application'],
			['forms-decisions.decision-explained', 'Päätöksen tai kirjeen selvittäminen', 'Förklaring av beslut eller brev', 'Explaining a decision or letter'],
			['forms-decisions.process-status', 'Asian vaihe ja viranomaisprosessi', 'Ärendets skede och myndighetsprocess', 'Status of a case and official process'],
			['forms-decisions.appeal', 'Muutoksenhaku ja oikaisuvaatimus', 'Ändringssökande och begäran om omprövning', 'Appeal and request for review'],
			['forms-decisions.appointment-booking', 'Ajanvaraus viranomaiseen tai palveluun', 'Tidsbokning till myndighet eller tjänst', 'Booking an appointment'],
			['forms-decisions.certificates', 'Todistukset, legalisointi ja käännökset', 'Intyg, legalisering och översättningar', 'Certificates, legalisation and translations']
		])
	},
	{
		id: 'integration', fi: 'Kotoutumispalvelut', sv: 'Integrationstjänster', en: 'Integration services',
		// A soft hyphen: the word is longer than a tile.
		short: topicNames.integration,
		codes: codes([
			['integration.service-needs-assessment', 'Osaamisen ja kotoutumisen palvelutarpeen arviointi', 'Bedömning av kompetens och behovet av integrationstjänster', 'Assessment of skills and integration service needs'],
			['integration.integration-plan', 'Kotoutumissuunnitelma', 'Integrationsplan', 'Integration plan'],
			['integration.civic-orientation', 'Monikielinen yhteiskuntaorientaatio', 'Flerspråkig samhällsorientering', 'Multilingual civic orientation'],
			['integration.integration-training', 'Kotoutumiskoulutus', 'Integrationsutbildning', 'Integration training'],
			['integration.basic-information', 'Perustieto Suomesta ja palvelujärjestelmästä', 'Grundinformation om Finland och servicesystemet', 'Basic information on Finland and its services'],
			['integration.municipal-placement', 'Kuntaan muutto ja vastaanotto', 'Flytt till kommun och mottagande', 'Moving to a municipality and reception']
		])
	},
	{
		id: 'language', fi: 'Suomen ja ruotsin kieli', sv: 'Finska och svenska språket', en: 'Finnish and Swedish language',
		short: topicNames.language,
		codes: codes([
			['language.language-course', 'Kielikurssi', 'Språkkurs', 'Language course'],
			['language.literacy', 'Luku- ja kirjoitustaito', 'Läs- och skrivkunnighet', 'Literacy'],
			['language.language-test', 'Kielitesti ja kielitodistus', 'Språktest och språkintyg', 'Language test and certificate'],
			['language.conversation-group', 'Kielikahvila tai keskusteluryhmä', 'Språkkafé eller diskussionsgrupp', 'Language café or conversation group']
		])
	},
	{
		id: 'work', fi: 'Työ ja yrittäjyys', sv: 'Arbete och företagande', en: 'Work and entrepreneurship',
		short: topicNames.work,
		codes: codes([
			['work.job-search', 'Työnhaku, ansioluettelo ja hakemus', 'Jobbsökning, CV och ansökan', 'Job search, CV and application'],
			['work.unemployment-registration', 'Työnhakijaksi ilmoittautuminen', 'Anmälan som arbetssökande', 'Registering as a jobseeker'],
			['work.employment-rights', 'Työsuhde, palkka ja työntekijän oikeudet', 'Anställning, lön och arbetstagarens rättigheter', 'Employment, pay and workers’ rights'],
			['work.skills-recognition', 'Osaamisen tunnistaminen', 'Identifiering av kunnande', 'Recognition of skills'],
			['work.work-placement', 'Työkokeilu, harjoittelu ja palkkatuki', 'Arbetsprövning, praktik och lönesubvention', 'Work try-out, traineeship and pay subsidy'],
			['work.entrepreneurship', 'Yrittäjyys ja yrityksen perustaminen', 'Företagande och att starta företag', 'Entrepreneurship and starting a business'],
			['work.professional-licence', 'Ammatinharjoittamisoikeus', 'Rätt att utöva yrke', 'Right to practise a profession']
		])
	},
	{
		id: 'education', fi: 'Koulutus', sv: 'Utbildning', en: 'Education',
		short: topicNames.education,
		codes: codes([
			['education.basic-education', 'Perusopetus ja valmistava opetus', 'Grundläggande och förberedande undervisning', 'Basic and preparatory education'],
			['education.upper-secondary', 'Lukio ja ammatillinen koulutus', 'Gymnasium och yrkesutbildning', 'Upper secondary and vocational education'],
			['education.higher-education', 'Korkeakoulutus', 'Högskoleutbildning', 'Higher education'],
			['education.adult-education', 'Aikuiskoulutus ja opistot', 'Vuxenutbildning och institut', 'Adult education'],
			['education.applying-studies', 'Koulutukseen hakeminen ja yhteishaku', 'Ansökan till utbildning och gemensam ansökan', 'Applying for education'],
			['education.qualification-recognition', 'Ulkomaisen tutkinnon tunnustaminen', 'Erkännande av utländsk examen', 'Recognition of foreign qualifications'],
			['education.study-finance', 'Opintotuki', 'Studiestöd', 'Financial aid for students']
		])
	},
	{
		id: 'social-security', fi: 'Sosiaaliturva ja etuudet', sv: 'Social trygghet och förmåner', en: 'Social security and benefits',
		short: topicNames['social-security'],
		codes: codes([
			['social-security.social-security-coverage', 'Sosiaaliturvaan kuuluminen ja Kela-kortti', 'Rätt till social trygghet och FPA-kort', 'Social security coverage and Kela card'],
			['social-security.unemployment-benefit', 'Työttömyysturva', 'Utkomstskydd för arbetslösa', 'Unemployment benefits'],
			['social-security.social-assistance', 'Toimeentulotuki', 'Utkomststöd', 'Social assistance'],
			['social-security.housing-allowance', 'Asumistuki', 'Bostadsbidrag', 'Housing allowance'],
			['social-security.family-benefits', 'Lapsilisä, vanhempainpäivärahat ja muut perhe-etuudet', 'Barnbidrag, föräldradagpenning och andra familjeförmåner', 'Child benefit, parental allowances and other family benefits'],
			['social-security.pension', 'Eläke', 'Pension', 'Pension'],
			['social-security.sickness-disability-benefit', 'Sairauspäiväraha ja vammaisetuudet', 'Sjukdagpenning och handikappförmåner', 'Sickness and disability benefits']
		])
	},
	{
		id: 'money', fi: 'Raha-asiat, pankki ja verotus', sv: 'Ekonomi, bank och beskattning', en: 'Money, banking and taxation',
		short: topicNames.money,
		codes: codes([
			['money.tax', 'Verokortti ja verotus', 'Skattekort och beskattning', 'Tax card and taxation'],
			['money.bank', 'Pankkitili ja maksaminen', 'Bankkonto och betalning', 'Bank account and payments'],
			['money.eid', 'Verkkopankkitunnukset ja vahva tunnistautuminen', 'Nätbankskoder och stark autentisering', 'Online banking codes and strong identification'],
			['money.debt', 'Velat, laskut ja ulosotto', 'Skulder, räkningar och utsökning', 'Debts, bills and enforcement', { sensitive: true }],
			['money.consumer', 'Kuluttaja-asiat ja vakuutukset', 'Konsumentärenden och försäkringar', 'Consumer matters and insurance']
		])
	},
	{
		id: 'housing', fi: 'Asuminen', sv: 'Boende', en: 'Housing',
		short: topicNames.housing,
		codes: codes([
			['housing.finding-home', 'Asunnon etsiminen', 'Att söka bostad', 'Finding a home'],
			['housing.rental-agreement', 'Vuokrasopimus ja vakuus', 'Hyresavtal och garanti', 'Rental agreement and deposit'],
			['housing.housing-problem', 'Häiriöt, häätö ja asumisen ongelmat', 'Störningar, vräkning och problem med boendet', 'Disturbances, eviction and housing problems'],
			['housing.homelessness', 'Asunnottomuus ja tilapäinen majoitus', 'Bostadslöshet och tillfälligt boende', 'Homelessness and temporary accommodation', { sensitive: true }],
			['housing.moving-utilities', 'Muutto, sähkö, jätteet ja arki kotona', 'Flytt, el, avfall och vardagen hemma', 'Moving, electricity, waste and life at home']
		])
	},
	{
		id: 'health', fi: 'Terveys ja hyvinvointi', sv: 'Hälsa och välbefinnande', en: 'Health and wellbeing',
		short: topicNames.health,
		codes: codes([
			['health.health-centre', 'Terveysasema ja päivystys', 'Hälsostation och jour', 'Health centre and emergency care'],
			['health.dental', 'Hammashoito', 'Tandvård', 'Dental care'],
			['health.mental-health', 'Mielenterveys', 'Psykisk hälsa', 'Mental health', { sensitive: true }],
			['health.maternity-child-health', 'Raskaus ja neuvola', 'Graviditet och rådgivningsbyrå', 'Pregnancy and child health clinic'],
			['health.substance-use', 'Päihteet', 'Rusmedel', 'Substance use', { sensitive: true }],
			['health.disability', 'Vammaispalvelut ja kuntoutus', 'Funktionshinderservice och rehabilitering', 'Disability services and rehabilitation'],
			['health.elderly-care', 'Ikääntyneiden palvelut', 'Tjänster för äldre', 'Services for older people']
		])
	},
	{
		id: 'family', fi: 'Perhe ja lapset', sv: 'Familj och barn', en: 'Family and children',
		short: topicNames.family,
		codes: codes([
			['family.early-childhood', 'Varhaiskasvatus', 'Småbarnspedagogik', 'Early childhood education'],
			['family.parenting-support', 'Vanhemmuus ja perhepalvelut', 'Föräldraskap och familjetjänster', 'Parenting and family services'],
			['family.marriage-divorce', 'Avioliitto, ero ja huoltajuus', 'Äktenskap, skilsmässa och vårdnad', 'Marriage, divorce and custody', { sensitive: true }],
			['family.child-protection', 'Lastensuojelu', 'Barnskydd', 'Child welfare', { sensitive: true }],
			['family.youth', 'Nuorten palvelut', 'Tjänster för unga', 'Youth services']
		])
	},
	{
		id: 'rights-safety', fi: 'Oikeudet ja turvallisuus', sv: 'Rättigheter och säkerhet', en: 'Rights and safety',
		short: topicNames['rights-safety'],
		codes: codes([
			['rights-safety.legal-aid', 'Oikeusapu', 'Rättshjälp', 'Legal aid'],
			['rights-safety.discrimination', 'Syrjintä ja rasismi', 'Diskriminering och rasism', 'Discrimination and racism'],
			['rights-safety.crime-victim', 'Rikoksen uhrin tuki', 'Stöd till brottsoffer', 'Support for victims of crime', { sensitive: true }],
			['rights-safety.violence', 'Lähisuhdeväkivalta ja turvakoti', 'Våld i nära relationer och skyddshem', 'Domestic violence and shelters', { sensitive: true }],
			['rights-safety.trafficking', 'Ihmiskauppa ja hyväksikäyttö', 'Människohandel och utnyttjande', 'Human trafficking and exploitation', { sensitive: true }],
			['rights-safety.undocumented', 'Paperittoman palvelut', 'Tjänster för papperslösa', 'Services for undocumented persons', { sensitive: true }]
		])
	},
	{
		id: 'everyday', fi: 'Arki, liikkuminen ja digiasiointi', sv: 'Vardag, rörlighet och digital ärendehantering', en: 'Everyday life, mobility and digital services',
		short: topicNames.everyday,
		codes: codes([
			['everyday.digital-support', 'Sähköisen asioinnin opastus', 'Handledning i e-tjänster', 'Help with e-services'],
			['everyday.driving-licence', 'Ajokortti ja ajoneuvo', 'Körkort och fordon', 'Driving licence and vehicle'],
			['everyday.public-transport', 'Joukkoliikenne', 'Kollektivtrafik', 'Public transport'],
			['everyday.phone-internet-post', 'Puhelin, netti ja posti', 'Telefon, internet och post', 'Phone, internet and post'],
			['everyday.interpreting', 'Tulkkaus ja käännöspalvelut', 'Tolkning och översättningstjänster', 'Interpreting and translation services']
		])
	},
	{
		id: 'leisure', fi: 'Vapaa-aika ja osallistuminen', sv: 'Fritid och delaktighet', en: 'Leisure and participation',
		short: topicNames.leisure,
		codes: codes([
			['leisure.hobbies', 'Harrastukset ja liikunta', 'Hobbyer och motion', 'Hobbies and sports'],
			['leisure.library-culture', 'Kirjasto ja kulttuuri', 'Bibliotek och kultur', 'Library and culture'],
			['leisure.associations', 'Järjestöt, ryhmät ja vapaaehtoistyö', 'Föreningar, grupper och frivilligarbete', 'Associations, groups and volunteering'],
			['leisure.religion', 'Uskonto ja katsomus', 'Religion och livsåskådning', 'Religion and belief'],
			['leisure.voting', 'Äänestäminen ja vaikuttaminen', 'Röstning och påverkan', 'Voting and participation']
		])
	},
	{
		id: 'other', fi: 'Muu asia', sv: 'Annat ärende', en: 'Other matter',
		short: topicNames.other,
		codes: codes([
			['other.other', 'Muu asia', 'Annat ärende', 'Other matter']
		])
	}
];
