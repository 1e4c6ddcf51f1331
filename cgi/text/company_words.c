/* text/company_words.c - the vocabulary of company names.  Words are in normalised form: lower case
 * without diacritics, Chinese in simplified characters (which also folds Japanese old and new forms
 * that the simplification unites).  Frequencies are coarse: only their order of magnitude counts.
 */
#include "text/company_words.h"

#include "base/str.h"

const struct company_row company_rows[] = {
    /* ---- legal forms in Latin letters; equal canonical words count as the same form ---- */
    { WORD_LEGAL, 300000, "corp",
      "inc|incorporated|incorporation|incorp|corp|corporation|corporations|corpn|coporation" },
    { WORD_LEGAL, 300000, "ltd",
      "ltd|limited|limted|limitd|ltee|limitee|pty ltd|pty limited|pte ltd|pte limited|pvt ltd|"
      "pvt limited|private limited|private ltd|proprietary limited|limited company|proprietary ltd" },
    { WORD_LEGAL_END, 100000, "ltd", "pty|pte|pvt" },
    { WORD_LEGAL, 100000, "llc", "llc|limited liability company|limited liability co" },
    { WORD_LEGAL, 50000, "plc", "plc|public limited company|public company limited|pcl" },
    { WORD_LEGAL, 20000, "llp", "llp|limited liability partnership" },
    { WORD_LEGAL, 20000, "lp", "limited partnership|lllp" },
    { WORD_LEGAL_END, 20000, "lp", "lp" },
    { WORD_LEGAL, 150000, "co",
      "company|companies|compagnie|compania|companhia|cie|cia|company limited by guarantee" },
    { WORD_LEGAL_END, 150000, "co", "co|cos" },
    { WORD_LEGAL, 100000, "ltd", "co ltd|company limited|company ltd|co limited|coltd" },
    { WORD_LEGAL, 60000, "gmbh",
      "gmbh|ggmbh|mbh|gesellschaft mit beschrankter haftung|gesellschaft mbh|gesmbh" },
    { WORD_LEGAL, 30000, "kg", "gmbh co kg|gmbh und co kg|gmbh co kgaa|kommanditgesellschaft" },
    { WORD_LEGAL_END, 30000, "kg", "kg|co kg" },
    { WORD_LEGAL, 3000, "kgaa", "kgaa|kommanditgesellschaft auf aktien|ag co kgaa" },
    { WORD_LEGAL_END, 30000, "ag", "ag" },
    { WORD_LEGAL, 30000, "ag", "aktiengesellschaft|aktien gesellschaft" },
    { WORD_LEGAL_END, 3000, "ug", "ug|ug haftungsbeschrankt" },
    { WORD_LEGAL_END, 3000, "ev", "ev|eingetragener verein" },
    { WORD_LEGAL_END, 3000, "eg", "eg" },
    { WORD_LEGAL_END, 3000, "ohg", "ohg|offene handelsgesellschaft" },
    { WORD_LEGAL_END, 60000, "sa", "sa|sab" },
    { WORD_LEGAL, 60000, "sa",
      "societe anonyme|sociedad anonima|sociedade anonima|sa de cv|sab de cv|"
      "sapi de cv|sadecv|sabdecv" },
    { WORD_LEGAL, 30000, "sarl",
      "sarl|societe a responsabilite limitee|s de rl|s de rl de cv|srl de cv|sderl" },
    { WORD_LEGAL, 10000, "sas", "sasu|societe par actions simplifiee" },
    { WORD_LEGAL_END, 10000, "sas", "sas" },
    { WORD_LEGAL_END, 10000, "sl", "sl|slu|sociedad limitada" },
    { WORD_LEGAL, 10000, "ltda", "ltda|limitada|lda|sociedade limitada" },
    { WORD_LEGAL_END, 10000, "eirl", "eirl|eireli" },
    { WORD_LEGAL_END, 40000, "spa", "spa|societa per azioni" },
    { WORD_LEGAL, 40000, "srl", "srl|srls|societa a responsabilita limitata" },
    { WORD_LEGAL_END, 20000, "nv", "nv|naamloze vennootschap" },
    { WORD_LEGAL_END, 20000, "bv", "bv|besloten vennootschap|bvba|cvba" },
    { WORD_LEGAL_END, 20000, "ab", "ab|aktiebolag|aktiebolaget|publ" },
    { WORD_LEGAL_FRONT, 20000, "ab", "ab|aktiebolaget" },
    { WORD_LEGAL_END, 20000, "as", "as|asa|aps|aktieselskab|aksjeselskap|allmennaksjeselskap" },
    { WORD_LEGAL_FRONT, 20000, "as", "aktieselskabet" },
    { WORD_LEGAL_END, 20000, "oy", "oy|oyj|oy ab|osakeyhtio|abp" },
    { WORD_LEGAL_END, 3000, "ou", "ou" },
    { WORD_LEGAL_END, 3000, "uab", "uab|sia" },
    { WORD_LEGAL_FRONT, 3000, "uab", "uab|sia" },
    { WORD_LEGAL_END, 5000, "se", "se|societas europaea" },
    { WORD_LEGAL_END, 5000, "kft", "kft|korlatolt felelossegu tarsasag" },
    { WORD_LEGAL_END, 5000, "nyrt", "nyrt|zrt|bt|rt" },
    { WORD_LEGAL_END, 5000, "doo", "doo|d o o" },
    { WORD_LEGAL_END, 5000, "dd", "dd|ad" },
    { WORD_LEGAL, 5000, "zoo",
      "sp z oo|spzoo|sp zoo|spolka z oo|"
      "spolka z ograniczona odpowiedzialnoscia" },
    { WORD_LEGAL, 5000, "sro", "sro|spol sro|spol s ro" },
    { WORD_LEGAL_END, 5000, "as", "akciova spolecnost|spolka akcyjna" },
    { WORD_LEGAL_FRONT, 10000, "ooo", "ooo|obshchestvo s ogranichennoy otvetstvennostyu" },
    { WORD_LEGAL_END, 10000, "ooo", "ooo" },
    { WORD_LEGAL_FRONT, 10000, "jsc",
      "oao|pao|ao|zao|ojsc|cjsc|pjsc|jsc|joint stock company|open joint stock company|"
      "public joint stock company|closed joint stock company" },
    { WORD_LEGAL, 10000, "jsc",
      "ojsc|cjsc|pjsc|jsc|qsc|psc|ksc|saog|oao|pao|zao|joint stock company|joint stock co|"
      "open joint stock company|public joint stock company|closed joint stock company|"
      "joint stock commercial bank|otkrytoye aktsionernoye obshchestvo" },
    { WORD_LEGAL, 5000, "kk", "kabushiki kaisha|kabushiki gaisha|kabushikikaisha" },
    { WORD_LEGAL_END, 5000, "kk", "kk" },
    { WORD_LEGAL_END, 2000, "gk", "gk|godo kaisha|yugen kaisha|yk" },
    { WORD_LEGAL, 5000, "bhd", "sdn bhd|bhd|berhad|sendirian berhad" },
    { WORD_LEGAL_FRONT, 5000, "pt", "pt|perseroan terbatas" },
    { WORD_LEGAL_END, 5000, "pt", "tbk|pt tbk|persero tbk|persero" },
    { WORD_LEGAL_END, 3000, "as", "anonim sirketi|limited sirketi" },
    { WORD_LEGAL_END, 3000, "ltd", "ltd sti|sti" },
    { WORD_LEGAL, 3000, "fze", "fze|fzco|fz llc|fzllc|wll" },
    { WORD_LEGAL_END, 2000, "cv", "cv|de cv" },
    { WORD_LEGAL_END, 2000, "jv", "jv|joint venture" },
    { WORD_LEGAL_END, 4000, "coop", "coop|cooperative|co op" },
    { WORD_LEGAL_END, 4000, "trust", "nhs trust|nhs foundation trust|foundation trust" },

    /* ---- what carries nothing ---- */
    { WORD_STOP, 200000, NULL,
      "the|of|and|for|a|an|de|du|des|la|le|les|el|los|las|del|della|di|do|da|dos|das|e|y|et|und|der|"
      "die|das|den|van|von|zu|zur|fur|in|on|to|com|www|net|org|och|og" },

    /* ---- left over on one side, these name another body of the group ---- */
    { WORD_BRANCH, 60000, "group",
      "group|groupe|grupo|gruppe|gruppo|grp|konzern|gruppen|groep|gruppa" },
    { WORD_BRANCH, 60000, "holdings",
      "holding|holdings|hldg|hldgs|hold|holdco|participacoes|beteiligungs" },
    { WORD_BRANCH, 5000, "subsidiary", "subsidiary|subsidiaries|affiliate|affiliates" },
    { WORD_BRANCH, 10000, "branch",
      "branch|filiale|sucursal|niederlassung|filial|representative office" },
    { WORD_BRANCH, 10000, "trust", "trust|trustee|trustees" },
    { WORD_BRANCH, 10000, "fund", "fund|funds" },
    { WORD_BRANCH, 10000, "foundation", "foundation|stiftung|fondation|fundacion|fundacao" },
    { WORD_BRANCH, 8000, "overseas", "overseas|offshore" },
    { WORD_BRANCH, 8000, "regional", "regional|region" },
    { WORD_BRANCH, 8000, "asia", "asia|asian" },
    { WORD_BRANCH, 8000, "pacific", "pacific|apac" },
    { WORD_BRANCH, 8000, "europe", "europe|european|emea|europa" },
    { WORD_BRANCH, 8000, "africa", "africa|african|afrique" },
    { WORD_BRANCH, 4000, "mideast", "mideast|middle east|mena" },

    /* ---- countries ---- */
    { WORD_COUNTRY, 9000, "usa", "usa|us|united states|america|american|united states america" },
    { WORD_COUNTRY, 9000, "uk", "uk|united kingdom|britain|british|england|great britain" },
    { WORD_COUNTRY, 9000, "china", "china|chinese|prc|zhongguo" },
    { WORD_COUNTRY, 9000, "canada", "canada|canadian|canadienne" },
    { WORD_COUNTRY, 9000, "germany", "germany|german|deutschland|deutsche|deutscher|deutsches" },
    { WORD_COUNTRY, 9000, "france", "france|french|francaise|francais" },
    { WORD_COUNTRY, 9000, "japan", "japan|japanese|nippon|nihon" },
    { WORD_COUNTRY, 9000, "india", "india|indian|hindustan|bharat" },
    { WORD_COUNTRY, 6000, "australia", "australia|australian" },
    { WORD_COUNTRY, 6000, "italy", "italy|italian|italia|italiana|italiano" },
    { WORD_COUNTRY, 6000, "spain", "spain|spanish|espana|espanola|iberica|iberia" },
    { WORD_COUNTRY, 6000, "brazil", "brazil|brazilian|brasil|brasileira|brasileiro" },
    { WORD_COUNTRY, 6000, "mexico", "mexico|mexican|mexicana|mexicano" },
    { WORD_COUNTRY, 6000, "russia", "russia|russian|rossiya|rossii|rus" },
    { WORD_COUNTRY, 6000, "korea", "korea|korean|hanguk" },
    { WORD_COUNTRY, 4000, "taiwan", "taiwan|taiwanese" },
    { WORD_COUNTRY, 4000, "hongkong", "hongkong|hong kong" },
    { WORD_COUNTRY, 4000, "singapore", "singapore" },
    { WORD_COUNTRY, 4000, "malaysia", "malaysia|malaysian" },
    { WORD_COUNTRY, 4000, "indonesia", "indonesia|indonesian" },
    { WORD_COUNTRY, 4000, "thailand", "thailand|thai" },
    { WORD_COUNTRY, 4000, "vietnam", "vietnam|vietnamese" },
    { WORD_COUNTRY, 4000, "philippines", "philippines|philippine" },
    { WORD_COUNTRY, 4000, "netherlands", "netherlands|nederland|dutch|holland" },
    { WORD_COUNTRY, 4000, "belgium", "belgium|belgian|belgique|belgie" },
    { WORD_COUNTRY, 4000, "switzerland", "switzerland|swiss|schweiz|suisse|schweizerische" },
    { WORD_COUNTRY, 4000, "austria", "austria|austrian|osterreich|osterreichische" },
    { WORD_COUNTRY, 4000, "sweden", "sweden|swedish|sverige|svenska" },
    { WORD_COUNTRY, 4000, "norway", "norway|norwegian|norge|norsk|norske" },
    { WORD_COUNTRY, 4000, "denmark", "denmark|danish|danmark|dansk|danske" },
    { WORD_COUNTRY, 4000, "finland", "finland|finnish|suomi|suomen" },
    { WORD_COUNTRY, 4000, "poland", "poland|polish|polska|polski" },
    { WORD_COUNTRY, 4000, "czechia", "czechia|czech|ceska|ceske" },
    { WORD_COUNTRY, 4000, "hungary", "hungary|hungarian|magyar" },
    { WORD_COUNTRY, 4000, "turkey", "turkey|turkish|turkiye|turk" },
    { WORD_COUNTRY, 4000, "israel", "israel|israeli" },
    { WORD_COUNTRY, 4000, "ireland", "ireland|irish" },
    { WORD_COUNTRY, 4000, "portugal", "portugal|portuguese|portuguesa" },
    { WORD_COUNTRY, 4000, "greece", "greece|greek|hellas|hellenic" },
    { WORD_COUNTRY, 4000, "ukraine", "ukraine|ukrainian" },
    { WORD_COUNTRY, 4000, "romania", "romania|romanian" },
    { WORD_COUNTRY, 4000, "argentina", "argentina|argentine" },
    { WORD_COUNTRY, 4000, "chile", "chile|chilean|chilena" },
    { WORD_COUNTRY, 4000, "colombia", "colombia|colombian|colombiana" },
    { WORD_COUNTRY, 4000, "peru", "peru|peruvian|peruana" },
    { WORD_COUNTRY, 4000, "venezuela", "venezuela" },
    { WORD_COUNTRY, 4000, "egypt", "egypt|egyptian" },
    { WORD_COUNTRY, 4000, "nigeria", "nigeria|nigerian" },
    { WORD_COUNTRY, 4000, "kenya", "kenya|kenyan" },
    { WORD_COUNTRY, 4000, "pakistan", "pakistan" },
    { WORD_COUNTRY, 4000, "bangladesh", "bangladesh" },
    { WORD_COUNTRY, 4000, "uae", "uae|emirates|united arab emirates" },
    { WORD_COUNTRY, 4000, "scotland", "scotland|scottish" },
    { WORD_COUNTRY, 4000, "newzealand", "nz|new zealand" },
    { WORD_COUNTRY, 4000, "luxembourg", "luxembourg" },
    { WORD_COUNTRY, 4000, "bermuda", "bermuda" },
    { WORD_COUNTRY, 4000, "croatia", "croatia|croatian|hrvatska" },
    { WORD_COUNTRY, 4000, "slovenia", "slovenia|slovenian" },
    { WORD_COUNTRY, 4000, "serbia", "serbia|serbian" },
    { WORD_COUNTRY, 4000, "bulgaria", "bulgaria|bulgarian" },

    /* ---- numbers ---- */
    { WORD_NUMBER, 3000, "1", "one|first|1st|erste|premier" },
    { WORD_NUMBER, 3000, "2", "two|second|2nd|ii" },
    { WORD_NUMBER, 3000, "3", "three|third|3rd|iii" },
    { WORD_NUMBER, 3000, "4", "four|fourth|4th|iv" },
    { WORD_NUMBER, 3000, "5", "five|fifth|5th" },
    { WORD_NUMBER, 3000, "6", "six|sixth|6th|vi" },
    { WORD_NUMBER, 3000, "7", "seven|seventh|7th|vii" },
    { WORD_NUMBER, 3000, "8", "eight|eighth|8th|viii" },
    { WORD_NUMBER, 3000, "9", "nine|ninth|9th|ix" },
    { WORD_NUMBER, 3000, "10", "ten|tenth|10th" },
    { WORD_NUMBER, 2000, "11", "eleven|eleventh|xi" },
    { WORD_NUMBER, 2000, "12", "twelve|twelfth|xii" },
    { WORD_NUMBER, 1000, "13", "thirteen|xiii" },
    { WORD_NUMBER, 1000, "14", "fourteen|xiv" },
    { WORD_NUMBER, 1000, "15", "fifteen" },
    { WORD_NUMBER, 1000, "16", "sixteen|xvi" },
    { WORD_NUMBER, 1000, "17", "seventeen|xvii" },
    { WORD_NUMBER, 1000, "18", "eighteen|xviii" },
    { WORD_NUMBER, 1000, "19", "nineteen|xix" },
    { WORD_NUMBER, 1000, "20", "twenty|xx" },
    { WORD_NUMBER, 1000, "30", "thirty" },
    { WORD_NUMBER, 1000, "40", "forty|fourty" },
    { WORD_NUMBER, 1000, "50", "fifty" },
    { WORD_NUMBER, 1000, "60", "sixty" },
    { WORD_NUMBER, 1000, "70", "seventy" },
    { WORD_NUMBER, 1000, "80", "eighty" },
    { WORD_NUMBER, 1000, "90", "ninety" },

    /* ---- other spellings of one word ---- */
    { WORD_ALIKE, 0, "international",
      "intl|internatl|internat|int|internacional|internationale|"
      "internazionale|inter national|interntl" },
    { WORD_ALIKE, 0, "technology",
      "technologies|tech|techn|technol|techno|technologie|tecnologia|"
      "tecnologias|technologia|technologys" },
    { WORD_ALIKE, 0, "manufacturing", "mfg|manuf|manufacture|manufacturer|manufacturers|mfrs" },
    { WORD_ALIKE, 0, "management", "mgmt|mgt|mngt|mgmnt" },
    { WORD_ALIKE, 0, "service", "services|svc|svcs|serv|servicios|servicos|servizi" },
    { WORD_ALIKE, 0, "system", "systems|sys|syst|systeme|sistemas|sistemi" },
    { WORD_ALIKE, 0, "solution", "solutions|soln|solns|soluciones|solucoes|sol" },
    { WORD_ALIKE, 0, "industry", "industries|ind|inds|industrie|industria|industrias|industrien" },
    { WORD_ALIKE, 0, "industrial", "indl|industriale|industriel|indus" },
    { WORD_ALIKE, 0, "development", "dev|devel|devt|developments|desarrollo" },
    { WORD_ALIKE, 0, "engineering", "eng|engg|engrg|engr|engineers|ingenieria|ingenierie" },
    { WORD_ALIKE, 0, "electronic", "electronics|elec|electron|elektronik|elektronika|electronica" },
    { WORD_ALIKE, 0, "communication",
      "communications|comm|comms|commun|comunicaciones|comunicacoes" },
    { WORD_ALIKE, 0, "telecommunication",
      "telecommunications|telecom|telecoms|telecomm|tele|"
      "telecomunicaciones|telecomunicacoes|telekom" },
    { WORD_ALIKE, 0, "pharmaceutical", "pharmaceuticals|pharma|pharm|pharmaceutica|farmaceutica" },
    { WORD_ALIKE, 0, "laboratory", "laboratories|lab|labs|laboratorios|laboratoires|laboratorium" },
    { WORD_ALIKE, 0, "chemical", "chemicals|chem|chemie|chimie|quimica|chemistry" },
    { WORD_ALIKE, 0, "financial", "fin|financials|financiera|finanziaria" },
    { WORD_ALIKE, 0, "finance", "finances|finanz|financing" },
    { WORD_ALIKE, 0, "insurance",
      "ins|insur|assurance|assurances|versicherung|versicherungs|seguros|"
      "assicurazioni" },
    { WORD_ALIKE, 0, "investment", "investments|invest|inv|inversiones|investimentos|investments" },
    { WORD_ALIKE, 0, "enterprise", "enterprises|ent|entp|entreprise|entreprises|empresa|empresas" },
    { WORD_ALIKE, 0, "association", "assn|assoc|asso|association|associations|asociacion" },
    { WORD_ALIKE, 0, "associate", "associates|assocs" },
    { WORD_ALIKE, 0, "product", "products|prod|prods|produkte|produtos|productos" },
    { WORD_ALIKE, 0, "production", "productions|produktion" },
    { WORD_ALIKE, 0, "construction",
      "constr|const|constn|constructions|construcciones|construcao" },
    { WORD_ALIKE, 0, "transport", "transportation|transports|trans|transp|transporte|transportes" },
    { WORD_ALIKE, 0, "resource", "resources|res|rsc" },
    { WORD_ALIKE, 0, "petroleum", "pet|petrol|petro|petroleo|petroleos" },
    { WORD_ALIKE, 0, "bank", "banks|banking|banc|banco|banca|banque|bancorp|bankshares" },
    { WORD_ALIKE, 0, "national", "natl|nat|nacional|nationale|nazionale|nationwide" },
    { WORD_ALIKE, 0, "university",
      "univ|universities|universidad|universidade|universitat|universite|"
      "universita|uni|universitet|universiteit" },
    { WORD_ALIKE, 0, "institute", "inst|institut|instituto|istituto|institution|institutes" },
    { WORD_ALIKE, 0, "center",
      "centre|ctr|cntr|centers|centres|centro|zentrum|centrum|centr|cent" },
    { WORD_ALIKE, 0, "hospital",
      "hosp|hospitals|hopital|ospedale|krankenhaus|klinikum|uniklinikum" },
    { WORD_ALIKE, 0, "clinic", "clinics|klinik|clinica|clinique|kliniken" },
    { WORD_ALIKE, 0, "saint", "st|ste|sankt|sint|san|santa|santo|sao" },
    { WORD_ALIKE, 0, "mount", "mt|mont|monte" },
    { WORD_ALIKE, 0, "fort", "ft" },
    { WORD_ALIKE, 0, "medical", "med|medic|medicine|medico|medica|medizinische" },
    { WORD_ALIKE, 0, "health", "hlth|healthcare|healthsystem|hlthcare" },
    { WORD_ALIKE, 0, "government", "govt|gov" },
    { WORD_ALIKE, 0, "department", "dept|dep" },
    { WORD_ALIKE, 0, "brother", "brothers|bros|hermanos|freres|gebruder|fratelli" },
    { WORD_ALIKE, 0, "network", "networks|netwk|netzwerk" },
    { WORD_ALIKE, 0, "television",
      "televisao|televisione|fernsehen|televizija|telewizja|tvchannel" },
    { WORD_ALIKE, 0, "stadium",
      "stadion|stade|stadio|estadio|stadiums|stadyumu|stadionul|stadionas" },
    { WORD_ALIKE, 0, "arena", "areena|arenas" },
    { WORD_ALIKE, 0, "sport", "sports|sporting|esportes|deportes|deportivo" },
    { WORD_ALIKE, 0, "ground", "grounds|gnd" },
    { WORD_ALIKE, 0, "park", "parks|parc|parque" },
    { WORD_ALIKE, 0, "motor", "motors|automotive|auto|automobile|automobiles|motoren|mobil" },
    { WORD_ALIKE, 0, "electric", "electrical|electricity|elektro|elektrik|electrica|electrique" },
    { WORD_ALIKE, 0, "airline", "airlines|airways|aerolineas|aviation" },
    { WORD_ALIKE, 0, "software", "softwares|sw" },
    { WORD_ALIKE, 0, "computer", "computers|computing|comp|computadores" },
    { WORD_ALIKE, 0, "information", "info|informatics|informatik|informatica|informatique" },
    { WORD_ALIKE, 0, "consulting", "consultants|consultancy|consult|consultores|consultant" },
    { WORD_ALIKE, 0, "trading", "trade|trdg|traders|handels|handel|comercio|comercial|commerce" },
    { WORD_ALIKE, 0, "material", "materials|matl|matls" },
    { WORD_ALIKE, 0, "instrument", "instruments|instr" },
    { WORD_ALIKE, 0, "partner", "partners|partnership|partnerships" },
    { WORD_ALIKE, 0, "energy", "energies|energie|energia|energetics" },
    { WORD_ALIKE, 0, "property", "properties|prop|props|immobilien|inmobiliaria|realty" },
    { WORD_ALIKE, 0, "hotel", "hotels|hoteles" },
    { WORD_ALIKE, 0, "food", "foods|alimentos|lebensmittel" },
    { WORD_ALIKE, 0, "gold", "golds|oro" },
    { WORD_ALIKE, 0, "mine", "mines|mining|minera|minas|minerals|mineral" },
    { WORD_ALIKE, 0, "metal", "metals|metallurgical|metallurgy|metall" },
    { WORD_ALIKE, 0, "steel", "steels|stahl|acero|acos" },
    { WORD_ALIKE, 0, "machine", "machinery|machines|maschinen|maschinenbau|maquinas" },
    { WORD_ALIKE, 0, "semiconductor", "semiconductors|semicon|semi" },
    { WORD_ALIKE, 0, "entertainment", "entertainments|entmt" },
    { WORD_ALIKE, 0, "logistic", "logistics|logistica|logistik|logistique" },
    { WORD_ALIKE, 0, "shipping", "ship|shipmanagement|maritime|marine" },
    { WORD_ALIKE, 0, "railway", "railways|railroad|rail|rlwy|rwy|bahn" },
    { WORD_ALIKE, 0, "school", "schools|schule|escuela" },
    { WORD_ALIKE, 0, "college", "colleges|coll" },
    { WORD_ALIKE, 0, "environmental", "environment|env|environ" },
    { WORD_ALIKE, 0, "biotechnology", "biotech|biotechnologies|biotechnologie" },
    { WORD_ALIKE, 0, "royal", "royale|konigliche|koninklijke|kon|kgl" },
    { WORD_ALIKE, 0, "business", "businesses|bus" },
    { WORD_ALIKE, 0, "record", "records" },
    { WORD_ALIKE, 0, "movie", "movies" },
    { WORD_ALIKE, 0, "game", "games|gaming" },
    { WORD_ALIKE, 0, "garden", "gardens" },
    { WORD_ALIKE, 0, "child", "children|childrens|child s|childs" },

    /* ---- how common words are, besides the rows above ---- */
    { WORD_COMMON, 300000, NULL, "tv|dt|ld|cd|lp|ca|fm|am|hd|tdt|dtv" },
    { WORD_COMMON, 60000, NULL,
      "international|service|system|technology|solution|industry|enterprise|channel|hospital|stadium|"
      "center|university|management|global|consulting|trading" },
    { WORD_COMMON, 30000, NULL,
      "national|medical|health|investment|development|engineering|construction|product|financial|"
      "capital|bank|insurance|network|communication|software|media|energy|resource|association|"
      "partner|associate|property|manufacturing|food|general|united|first|transport|arena|park|field|"
      "school|college|institute|club|sport|television|digital|design|marketing|logistic|electric|"
      "electronic|data|information|computer|saint|station|radio" },
    { WORD_COMMON, 10000, NULL,
      "industrial|telecommunication|pharmaceutical|laboratory|chemical|finance|production|petroleum|"
      "clinic|motor|airline|material|instrument|hotel|mine|metal|steel|machine|semiconductor|"
      "entertainment|shipping|railway|environmental|biotechnology|royal|business|gold|oil|gas|power|"
      "water|air|home|world|worldwide|universal|american|north|south|east|west|northern|southern|"
      "eastern|western|central|new|city|county|state|town|county|street|ground|hall|court|house|"
      "building|tower|office|space|security|systemhouse|supply|equipment|tool|machine|auto|truck|"
      "travel|tourism|music|film|studio|studios|press|publishing|book|news|fashion|textile|clothing|"
      "wear|shop|store|stores|retail|market|markets|express|delivery|post|postal|cable|satellite|"
      "wireless|mobile|internet|online|web|cloud|cyber|care|medical|dental|memorial|community|public|"
      "private|children|child|women|men|youth|family|society|council|ministry|department|government|"
      "authority|agency|bureau|commission|union|federation|church|christian|catholic|baptist|"
      "methodist|presbyterian|lutheran|adventist|veterans|army|navy|force|police|fire|emergency|"
      "research|science|sciences|education|learning|training|academy|library|museum|art|arts|culture|"
      "theatre|theater|cinema|football|soccer|baseball|basketball|hockey|tennis|golf|cricket|rugby|"
      "racing|race|track|speedway|raceway|course|pool|ice|rink|gym|gymnasium|fieldhouse|ballpark|"
      "coliseum|colosseum|dome|forum|pavilion|complex|plaza|square|garden|municipal|"
      "civic|convention|event|exhibition|expo|sportplex|main|one|live|star|sun|blue|green|red|black|"
      "white|silver|golden|big|great|grand|super|plus|max|premium|direct|advanced|applied|integrated|"
      "interactive|innovative|innovation|creative|smart|quality|premier|professional|strategic|"
      "consolidated|associated|standard|specialty|trust|fund|foundation|venture|ventures|equity|"
      "asset|assets|wealth|holding|legal|law|accounting|tax|audit|advisory|recruitment|staffing|"
      "cleaning|maintenance|repair|rental|leasing|agriculture|agricultural|farm|farms|dairy|meat|"
      "fish|seafood|beverage|beverages|brewery|wine|coffee|tea|restaurant|restaurants|catering|"
      "paper|packaging|plastic|plastics|rubber|glass|ceramic|ceramics|cement|wood|timber|furniture|"
      "paint|coating|coatings|oilfield|exploration|drilling|pipeline|solar|wind|nuclear|battery|"
      "lighting|optical|optics|laser|precision|control|controls|automation|robotics|sensor|"
      "aerospace|aircraft|space|defense|defence|arms|weapon|vehicle|vehicles|tire|tires|parts|"
      "component|components|devices|device|circuit|circuits|chip|micro|nano|bio|gene|genetics|cell|"
      "therapeutics|diagnostics|surgical|orthopedic|eye|heart|cancer|infirmary|sanatorium|asylum|"
      "psychiatric|mental|rehabilitation|nursing|maternity|campus|district|valley|hill|hills|lake|"
      "river|bay|island|islands|beach|coast|ocean|sea|mountain|mount|forest|rock|stone|bridge|port|"
      "harbor|harbour|airport|railroad|terminal|road|avenue|lane|side|view|point|land|country" },
    { WORD_COMMON, 2500, NULL,
      "london|paris|berlin|york|tokyo|beijing|shanghai|shenzhen|guangzhou|hong|kong|boston|chicago|"
      "houston|dallas|texas|california|florida|angeles|diego|francisco|seattle|washington|atlanta|"
      "miami|denver|phoenix|philadelphia|pennsylvania|ohio|michigan|illinois|virginia|carolina|"
      "georgia|maryland|massachusetts|connecticut|jersey|tennessee|kentucky|indiana|missouri|"
      "wisconsin|minnesota|iowa|kansas|oklahoma|arkansas|louisiana|alabama|mississippi|colorado|"
      "utah|nevada|arizona|oregon|idaho|montana|wyoming|nebraska|dakota|alaska|hawaii|maine|vermont|"
      "hampshire|rhode|delaware|toronto|montreal|vancouver|ontario|quebec|alberta|columbia|sydney|"
      "melbourne|brisbane|perth|queensland|victoria|wales|manchester|birmingham|liverpool|leeds|"
      "glasgow|edinburgh|dublin|belfast|cardiff|madrid|barcelona|lisbon|rome|milan|munich|hamburg|"
      "frankfurt|cologne|vienna|zurich|geneva|amsterdam|rotterdam|brussels|stockholm|oslo|"
      "copenhagen|helsinki|moscow|warsaw|prague|budapest|istanbul|dubai|delhi|mumbai|bombay|bangalore|"
      "chennai|kolkata|karachi|lahore|bangkok|jakarta|manila|seoul|taipei|osaka|kyoto|rio|paulo|"
      "buenos|aires|cairo|johannesburg|cape|zealand|kingdom|states|columbus|franklin|jackson|lincoln|"
      "jefferson|madison|hamilton|oxford|cambridge|bristol|kent|essex|sussex|durham|lancaster" },
    { WORD_COMMON, 2500, NULL,
      "john|james|william|george|mary|marys|joseph|francis|thomas|michael|david|robert|charles|peter|"
      "paul|anthony|elizabeth|johns|lukes|luke|vincent|vincents|martin|henry|edward|smith|jones|"
      "brown|johnson|miller|davis|wilson|taylor|clark|lewis|walker|young|king|queen|prince|princess|"
      "lady|holy|mercy|good|samaritan|providence|eagle|lion|tiger|dragon|phoenix|titan|atlas|apollo|"
      "alpha|beta|delta|omega|sigma|nova|neo|euro|trans|pro|tri|uni|multi|inter|metro|urban|elite|"
      "royal|imperial|crown|diamond|crystal|pearl|summit|pinnacle|apex|horizon|vision|insight|"
      "pioneer|frontier|heritage|legacy|liberty|freedom|alliance|unity|victory|fortune|lucky|happy" },

    /* ---- legal forms in Chinese, Japanese, Korean ---- */
    { WORD_CJK_LEGAL, 500000, "ltd",
      "有限责任公司|有限公司|责任有限公司|有限责任|有限会社|유한회사|유한책임회사" },
    { WORD_CJK_LEGAL, 100000, "jsc", "股份有限公司|股份公司|股份有限责任公司|股份" },
    { WORD_CJK_LEGAL, 100000, "co", "公司|总公司|会社|회사" },
    { WORD_CJK_LEGAL, 100000, "kk", "株式会社|株式公司|주식회사|合同会社" },
    { WORD_CJK_LEGAL, 10000, "lp", "有限合伙|合伙企业|普通合伙|有限合伙企业|特殊普通合伙" },
    { WORD_CJK_LEGAL, 10000, "sole", "个人独资企业|个体工商户|经营部|商行|工作室|门市部" },

    { WORD_CJK_BRANCH, 60000, "group", "集团|グループ|그룹" },
    { WORD_CJK_BRANCH, 30000, "holdings", "控股|ホールディングス|홀딩스|지주" },
    { WORD_CJK_BRANCH, 5000, "japan", "ジャパン" },
    { WORD_CJK_BRANCH, 5000, "korea", "코리아" },
    { WORD_CJK_BRANCH, 5000, "international", "国际|インターナショナル" },
    { WORD_CJK_OFFICE, 60000, "branch",
      "分公司|分行|支行|办事处|分店|分部|子公司|代表处|分厂|营业部|支店|支社|分院|分校|分所|分局" },

    /* ---- trades: what a Chinese, Japanese or Korean name says besides the brand ---- */
    { WORD_CJK_TRADE, 100000, "technology",
      "科技|技术|工艺|テクノロジー|テクノロジーズ|기술|테크" },
    { WORD_CJK_TRADE, 30000, "information", "信息|资讯|情报|정보" },
    { WORD_CJK_TRADE, 30000, "information technology", "信息技术|信息科技" },
    { WORD_CJK_TRADE, 30000, "network", "网络|互联网|网路|ネットワーク" },
    { WORD_CJK_TRADE, 30000, "network technology", "网络科技|网络技术" },
    { WORD_CJK_TRADE, 10000, "online", "在线" },
    { WORD_CJK_TRADE, 30000, "electronic", "电子|エレクトロニクス|전자" },
    { WORD_CJK_TRADE, 10000, "electronic technology", "电子科技|电子技术" },
    { WORD_CJK_TRADE, 10000, "electronic commerce", "电子商务" },
    { WORD_CJK_TRADE, 10000, "electric", "电气|电器|电力|电机|전기|전력" },
    { WORD_CJK_TRADE, 10000, "software", "软件|软体|ソフトウェア|소프트웨어" },
    { WORD_CJK_TRADE, 10000, "computer", "计算机|电脑|コンピュータ|컴퓨터" },
    { WORD_CJK_TRADE, 10000, "data", "数据|大数据|データ|데이터" },
    { WORD_CJK_TRADE, 10000, "intelligent", "智能|智慧|人工智能" },
    { WORD_CJK_TRADE, 5000, "intelligent technology", "智能科技|智能技术" },
    { WORD_CJK_TRADE, 5000, "system", "系统|システム|システムズ|시스템" },
    { WORD_CJK_TRADE, 5000, "system integration", "系统集成" },
    { WORD_CJK_TRADE, 5000, "digital", "数码|数字|数位" },
    { WORD_CJK_TRADE, 10000, "telecommunication", "通信|通讯|电信|移动通信|통신|텔레콤" },
    { WORD_CJK_TRADE, 5000, "semiconductor", "半导体|芯片|集成电路|微电子|반도체" },
    { WORD_CJK_TRADE, 5000, "optoelectronic", "光电|光学|光电科技|光通信|照明|灯饰" },
    { WORD_CJK_TRADE, 60000, "trading",
      "贸易|商贸|经贸|国际贸易|进出口|进出口贸易|商社|商事|무역|상사" },
    { WORD_CJK_TRADE, 60000, "commerce",
      "商业|商务|工贸|贸易发展|供应链|供应链管理|销售|批发|零售|经销" },
    { WORD_CJK_TRADE, 40000, "industry",
      "实业|工业|产业|实业发展|产业发展|工业园|インダストリーズ|산업|공업" },
    { WORD_CJK_TRADE, 30000, "investment",
      "投资|投资管理|投资咨询|创业投资|创投|资本|资本管理|투자" },
    { WORD_CJK_TRADE, 20000, "fund", "基金|基金管理|股权投资|股权投资基金|私募基金管理" },
    { WORD_CJK_TRADE, 20000, "asset management", "资产管理|资产|资产经营" },
    { WORD_CJK_TRADE, 30000, "management", "管理|企业管理|经营管理|企业管理咨询|운영" },
    { WORD_CJK_TRADE, 30000, "consulting",
      "咨询|管理咨询|信息咨询|商务咨询|顾问|咨询服务|企业咨询|컨설팅" },
    { WORD_CJK_TRADE, 30000, "service",
      "服务|技术服务|商务服务|企业服务|信息服务|サービス|서비스" },
    { WORD_CJK_TRADE, 10000, "human resource", "人力资源|人才|劳务|劳务派遣|人才服务" },
    { WORD_CJK_TRADE, 20000, "development",
      "发展|开发|建设|技术开发|建设开发|开发建设|科技发展|개발" },
    { WORD_CJK_TRADE, 20000, "culture",
      "文化|文化传播|文化传媒|文化发展|文化创意|文化艺术|文化产业" },
    { WORD_CJK_TRADE, 20000, "media",
      "传媒|传播|媒体|影视|影业|影视文化|影视传媒|动漫|출판|방송|미디어" },
    { WORD_CJK_TRADE, 20000, "advertising",
      "广告|广告传媒|广告设计|品牌策划|策划|营销策划|会展|公关" },
    { WORD_CJK_TRADE, 20000, "construction",
      "建筑|建筑工程|建工|建设工程|营造|工程建设|건설|建设集团" },
    { WORD_CJK_TRADE, 20000, "engineering",
      "工程|工程技术|工程设计|勘察|监理|工程管理|工程咨询|엔지니어링" },
    { WORD_CJK_TRADE, 20000, "decoration",
      "装饰|装饰工程|装潢|装修|装饰设计|建筑装饰|幕墙|园林|园林绿化|景观" },
    { WORD_CJK_TRADE, 10000, "design", "设计|设计院|建筑设计|创意|规划设计|设计研究院" },
    { WORD_CJK_TRADE, 20000, "machine",
      "机械|机械设备|机器|机床|机电|机电设备|机械制造|重工|重工业|机器人|중공업|기계" },
    { WORD_CJK_TRADE, 20000, "equipment",
      "设备|装备|器材|机具|仪器|仪表|仪器仪表|自动化|自动化设备|自动化科技" },
    { WORD_CJK_TRADE, 20000, "manufacturing",
      "制造|加工|制品|制作所|製作所|制作|精密|模具|五金|金属|金属制品|五金制品|제작" },
    { WORD_CJK_TRADE, 20000, "chemical",
      "化工|化学|化学工业|精细化工|石化|石油化工|涂料|塑料|塑胶|橡胶|橡塑|化纤|화학" },
    { WORD_CJK_TRADE, 20000, "material",
      "材料|新材料|建材|材料科技|复合材料|装饰材料|建筑材料|新材料科技" },
    { WORD_CJK_TRADE, 10000, "steel",
      "钢铁|钢材|钢结构|特钢|不锈钢|有色金属|铝业|铜业|冶金|製鉄|제철|철강" },
    { WORD_CJK_TRADE, 10000, "mine", "矿业|矿产|煤业|煤炭|煤电|矿山|采矿|黄金" },
    { WORD_CJK_TRADE, 20000, "energy",
      "能源|新能源|能源科技|新能源科技|电源|电池|太阳能|光伏|风电|燃气|天然气|에너지" },
    { WORD_CJK_TRADE, 10000, "petroleum", "石油|石油天然气|油田|석유|정유" },
    { WORD_CJK_TRADE, 20000, "environmental",
      "环保|环境|环保科技|环境科技|节能|节能环保|节能科技|水务|水处理|环境工程" },
    { WORD_CJK_TRADE, 10000, "pharmaceutical",
      "医药|药业|制药|医药科技|生物医药|药品|大药房|药房|药店|제약|製薬|中药" },
    { WORD_CJK_TRADE, 10000, "medical",
      "医疗|医疗器械|医疗科技|医疗设备|器械|健康|健康管理|健康科技|医学|医疗管理|의료" },
    { WORD_CJK_TRADE, 10000, "biotechnology",
      "生物|生物科技|生物技术|生物工程|基因|바이오|生物制药|生物医学" },
    { WORD_CJK_TRADE, 10000, "hospital", "医院|病院|병원|门诊部|诊所|卫生院" },
    { WORD_CJK_TRADE, 20000, "food",
      "食品|食品科技|粮油|食业|饮料|乳业|酒业|茶业|茶叶|肉类|水产|调味品|식품|フーズ|白酒" },
    { WORD_CJK_TRADE, 20000, "catering", "餐饮|餐饮管理|餐饮服务|饮食|餐厅|酒楼|火锅|烘焙" },
    { WORD_CJK_TRADE, 10000, "coffee", "咖啡|コーヒー|커피" },
    { WORD_CJK_TRADE, 10000, "agriculture",
      "农业|农业科技|农业发展|生态农业|农牧|牧业|畜牧|种业|农林|林业|渔业|养殖|种植|农资|饲料|花卉|苗木" },
    { WORD_CJK_TRADE, 10000, "clothing",
      "服饰|服装|纺织|针织|制衣|时装|鞋业|皮具|皮革|箱包|织造|印染|家纺|섬유|布业|内衣" },
    { WORD_CJK_TRADE, 10000, "daily goods",
      "化妆品|日化|日用品|生活用品|美容|美容美发|美业|珠宝|首饰|饰品|礼品|工艺品|玩具|文具|体育用品|办公用品" },
    { WORD_CJK_TRADE, 10000, "furniture",
      "家具|家居|家私|木业|橱柜|卫浴|陶瓷|门窗|门业|家居用品|地板|家装|石材|玻璃" },
    { WORD_CJK_TRADE, 10000, "packaging", "包装|印刷|印务|纸业|包装制品|纸品|包装材料|彩印" },
    { WORD_CJK_TRADE, 20000, "logistic",
      "物流|货运|货运代理|运输|储运|仓储|快递|快运|速递|国际物流|国际货运代理|배송|물류|運輸|航运|海运|船务|船舶" },
    { WORD_CJK_TRADE, 10000, "motor",
      "汽车|汽车销售|汽车服务|汽车贸易|汽车工业|汽车零部件|汽车租赁|汽配|自动车|摩托车|电动车|자동차|모터스" },
    { WORD_CJK_TRADE, 10000, "railway",
      "铁路|铁道|轨道交通|交通|公交|高速公路|鉄道|地铁|航空|航天|机场|港务|港口" },
    { WORD_CJK_TRADE, 20000, "property",
      "房地产|地产|置业|物业|物业管理|房地产开发|物业服务|不动产|不动产|房产|置地|房地产经纪|부동산" },
    { WORD_CJK_TRADE, 10000, "hotel", "酒店|酒店管理|宾馆|饭店|ホテル|호텔|度假村|民宿" },
    { WORD_CJK_TRADE, 10000, "tourism", "旅游|旅行社|国际旅行社|旅行|观光|여행|旅游发展|景区" },
    { WORD_CJK_TRADE, 10000, "education",
      "教育|教育科技|培训|教育咨询|教育培训|学校|幼儿园|教育信息咨询|学院|大学|중학교|대학교|研究院|研究所|研究中心|体育|体育发展|体育文化" },
    { WORD_CJK_TRADE, 10000, "bank", "银行|商业银行|农村商业银行|信用社|은행" },
    { WORD_CJK_TRADE, 10000, "insurance",
      "保险|人寿保险|财产保险|保险经纪|保险代理|生命保险|损害保险|보험|생명보험" },
    { WORD_CJK_TRADE, 10000, "securities",
      "证券|期货|信托|融资租赁|租赁|担保|典当|小额贷款|金融|金融服务|金融信息服务|商业保理|支付|증권|금융" },
    { WORD_CJK_TRADE, 10000, "security",
      "安防|保安|保安服务|安全|安全技术|消防|消防工程|消防科技" },
    { WORD_CJK_TRADE, 10000, "cleaning", "保洁|家政|家政服务|清洁|环卫|洗涤" },
    { WORD_CJK_TRADE, 10000, "property rights",
      "知识产权|知识产权代理|会计师事务所|律师事务所|事务所|税务师事务所|代理|财务咨询|财税" },
    { WORD_CJK_TRADE, 10000, "game",
      "游戏|网游|电竞|娱乐|文娱|俱乐部|健身|ゲームズ|게임|엔터테인먼트" },
    { WORD_CJK_TRADE, 10000, "supermarket",
      "超市|百货|商场|商城|购物中心|便利店|连锁|购物|백화점|마트" },
    { WORD_CJK_TRADE, 10000, "factory", "厂|工厂|加工厂|制造厂|机械厂|공장|工房" },
    { WORD_CJK_TRADE, 10000, "center",
      "中心|服务中心|交易中心|体育中心|体育馆|体育场|球场|경기장|競技場" },
    { WORD_CJK_TRADE, 10000, "cooperative", "合作社|专业合作社|联社|협동조합" },
    { WORD_CJK_TRADE, 10000, "television", "电视|电视台|广播电视|电视广播|テレビ|텔레비전|放送" },
    { WORD_CJK_TRADE, 5000, "water", "水利|水电|水利工程|自来水|净水|水业" },
    { WORD_CJK_TRADE, 5000, "internet of things", "物联网|物联|物联网科技|云计算|云科技|区块链" },

    /* ---- regions at the front of a Chinese name ---- */
    { WORD_CJK_REGION, 20000, "china", "中国|中华|全国" },
    { WORD_CJK_REGION, 5000, "japan", "日本" },
    { WORD_CJK_REGION, 5000, "hongkong", "香港|中国香港|香港特别行政区" },
    { WORD_CJK_REGION, 5000, "macau", "澳门|中国澳门" },
    { WORD_CJK_REGION, 5000, "taiwan", "台湾|中国台湾" },
    { WORD_CJK_REGION, 5000, "korea", "韩国|한국" },
    { WORD_CJK_REGION, 5000, "usa", "美国" },
    { WORD_CJK_REGION, 5000, "germany", "德国" },
    { WORD_CJK_REGION, 5000, "asia", "亚洲" },
    { WORD_CJK_REGION, 20000, NULL,
      "北京|上海|天津|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|"
      "湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆" },
    { WORD_CJK_REGION, 3000, NULL,
      "石家庄|唐山|秦皇岛|邯郸|邢台|保定|张家口|承德|沧州|廊坊|衡水|太原|大同|阳泉|长治|晋城|朔州|"
      "晋中|运城|忻州|临汾|吕梁|呼和浩特|包头|乌海|赤峰|通辽|鄂尔多斯|呼伦贝尔|巴彦淖尔|乌兰察布|"
      "兴安盟|锡林郭勒|阿拉善|沈阳|大连|鞍山|抚顺|本溪|丹东|锦州|营口|阜新|辽阳|盘锦|铁岭|朝阳|"
      "葫芦岛|长春|吉林|四平|辽源|通化|白山|松原|白城|延边|哈尔滨|齐齐哈尔|鸡西|鹤岗|双鸭山|大庆|"
      "伊春|佳木斯|七台河|牡丹江|黑河|绥化|大兴安岭|南京|无锡|徐州|常州|苏州|南通|连云港|淮安|盐城|"
      "扬州|镇江|泰州|宿迁|杭州|宁波|温州|嘉兴|湖州|绍兴|金华|衢州|舟山|台州|丽水|合肥|芜湖|蚌埠|"
      "淮南|马鞍山|淮北|铜陵|安庆|黄山|滁州|阜阳|宿州|六安|亳州|池州|宣城|福州|厦门|莆田|三明|泉州|"
      "漳州|南平|龙岩|宁德|南昌|景德镇|萍乡|九江|新余|鹰潭|赣州|吉安|宜春|抚州|上饶|济南|青岛|淄博|"
      "枣庄|东营|烟台|潍坊|济宁|泰安|威海|日照|莱芜|临沂|德州|聊城|滨州|菏泽|郑州|开封|洛阳|平顶山|"
      "安阳|鹤壁|新乡|焦作|濮阳|许昌|漯河|三门峡|南阳|商丘|信阳|周口|驻马店|济源|武汉|黄石|十堰|"
      "宜昌|襄阳|鄂州|荆门|孝感|荆州|黄冈|咸宁|随州|恩施|仙桃|潜江|天门|长沙|株洲|湘潭|衡阳|邵阳|"
      "岳阳|常德|张家界|益阳|郴州|永州|怀化|娄底|湘西|广州|韶关|深圳|珠海|汕头|佛山|江门|湛江|茂名|"
      "肇庆|惠州|梅州|汕尾|河源|阳江|清远|东莞|中山|潮州|揭阳|云浮|南宁|柳州|桂林|梧州|北海|防城港|"
      "钦州|贵港|玉林|百色|贺州|河池|来宾|崇左|海口|三亚|三沙|儋州|成都|自贡|攀枝花|泸州|德阳|绵阳|"
      "广元|遂宁|内江|乐山|南充|眉山|宜宾|广安|达州|雅安|巴中|资阳|阿坝|甘孜|凉山|贵阳|六盘水|遵义|"
      "安顺|毕节|铜仁|黔西南|黔东南|黔南|昆明|曲靖|玉溪|保山|昭通|丽江|普洱|临沧|楚雄|红河|文山|"
      "西双版纳|大理|德宏|怒江|迪庆|拉萨|日喀则|昌都|林芝|山南|那曲|西安|铜川|宝鸡|咸阳|渭南|延安|"
      "汉中|榆林|安康|商洛|兰州|嘉峪关|金昌|白银|天水|武威|张掖|平凉|酒泉|庆阳|定西|陇南|临夏|甘南|"
      "西宁|海东|银川|石嘴山|吴忠|固原|中卫|乌鲁木齐|克拉玛依|吐鲁番|哈密|昌吉|博尔塔拉|巴音郭楞|"
      "阿克苏|喀什|和田|伊犁|塔城|阿勒泰|石河子|台北|高雄|新北|台中|台南|新竹|桃园" },
    { WORD_CJK_REGION, 1000, NULL,
      "昆山|张家港|常熟|太仓|江阴|宜兴|义乌|慈溪|余姚|温岭|乐清|瑞安|永康|诸暨|海宁|桐乡|嘉善|晋江|"
      "石狮|南安|福清|顺德|南海|番禺|花都|增城|浦东|浦东新区|海淀|朝阳区|丰台|昌平|通州|大兴|顺义|"
      "闵行|嘉定|松江|青浦|奉贤|宝山|徐汇|静安|长宁|虹口|杨浦|普陀|黄浦|滨海新区|滨海|萧山|余杭|"
      "江宁|吴江|吴中|武进|南山区|福田区|龙岗|宝安|罗湖|胶州|即墨|寿光|邹平|滕州|迁安|任丘|"
      "前海|横琴|雄安|两江新区" },
};

const size_t company_row_count = ARRAY_LEN(company_rows);
