"""The 193 members of the United Nations: names, capitals, continents, currencies.

One line of TABLE is one country, with the fields

    name as an answer | names in questions | capital | other names of the capital | continents | currency | other currency names

Alternatives within a field are separated by ";". A question name that begins with "the " is also used
without the article. The first continent is the usual one; a country that is counted to two continents
lists both, and the answer names both. Names with diacritics also get their plain form (see `plain`).
"""
from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

TABLE = """
Afghanistan | Afghanistan | Kabul | | Asia | Afghan afghani | afghanis
Albania | Albania | Tirana | | Europe | Albanian lek |
Algeria | Algeria | Algiers | | Africa | Algerian dinar |
Andorra | Andorra | Andorra la Vella | | Europe | euro |
Angola | Angola | Luanda | | Africa | Angolan kwanza |
Antigua and Barbuda | Antigua and Barbuda | St. John's (Saint John's) | St. John's;Saint John's;St John's;St Johns | North America | East Caribbean dollar | Eastern Caribbean dollar
Argentina | Argentina | Buenos Aires | | South America | Argentine peso |
Armenia | Armenia | Yerevan | | Asia;Europe | Armenian dram |
Australia | Australia | Canberra | | Oceania;Australia | Australian dollar |
Austria | Austria | Vienna | | Europe | euro |
Azerbaijan | Azerbaijan | Baku | | Asia;Europe | Azerbaijani manat |
Bahamas | the Bahamas | Nassau | | North America | Bahamian dollar |
Bahrain | Bahrain | Manama | | Asia | Bahraini dinar |
Bangladesh | Bangladesh | Dhaka | Dacca | Asia | Bangladeshi taka |
Barbados | Barbados | Bridgetown | | North America | Barbadian dollar | Barbados dollar
Belarus | Belarus | Minsk | | Europe | Belarusian ruble | rouble;Belarusian rouble
Belgium | Belgium | Brussels | | Europe | euro |
Belize | Belize | Belmopan | | North America | Belize dollar |
Benin | Benin | Porto-Novo | Porto Novo | Africa | West African CFA franc | CFA franc
Bhutan | Bhutan | Thimphu | | Asia | Bhutanese ngultrum | Indian rupee
Bolivia | Bolivia | Sucre | La Paz | South America | Bolivian boliviano |
Bosnia and Herzegovina | Bosnia and Herzegovina;Bosnia;Bosnia & Herzegovina | Sarajevo | | Europe | Bosnia and Herzegovina convertible mark | convertible mark
Botswana | Botswana | Gaborone | | Africa | Botswana pula |
Brazil | Brazil | Brasília | | South America | Brazilian real |
Brunei | Brunei;Brunei Darussalam | Bandar Seri Begawan | | Asia | Brunei dollar |
Bulgaria | Bulgaria | Sofia | | Europe | euro |
Burkina Faso | Burkina Faso | Ouagadougou | | Africa | West African CFA franc | CFA franc
Burundi | Burundi | Gitega | | Africa | Burundian franc |
Cambodia | Cambodia | Phnom Penh | | Asia | Cambodian riel |
Cameroon | Cameroon | Yaoundé | | Africa | Central African CFA franc | CFA franc
Canada | Canada | Ottawa | | North America | Canadian dollar |
Cape Verde (Cabo Verde) | Cape Verde;Cabo Verde | Praia | | Africa | Cape Verdean escudo |
Central African Republic | the Central African Republic;the CAR | Bangui | | Africa | Central African CFA franc | CFA franc
Chad | Chad | N'Djamena | Ndjamena | Africa | Central African CFA franc | CFA franc
Chile | Chile | Santiago | Santiago de Chile | South America | Chilean peso |
China | China;the People's Republic of China | Beijing | Peking | Asia | Chinese yuan (renminbi) | Chinese yuan;renminbi;yuan
Colombia | Colombia | Bogotá | | South America | Colombian peso |
Comoros | the Comoros | Moroni | | Africa | Comorian franc |
Republic of the Congo | the Republic of the Congo;Congo-Brazzaville;the Congo Republic | Brazzaville | | Africa | Central African CFA franc | CFA franc
Costa Rica | Costa Rica | San José | | North America | Costa Rican colón |
Croatia | Croatia | Zagreb | | Europe | euro |
Cuba | Cuba | Havana | | North America | Cuban peso |
Cyprus | Cyprus | Nicosia | | Europe;Asia | euro |
Czech Republic (Czechia) | the Czech Republic;Czechia | Prague | | Europe | Czech koruna | Czech crown;crown
Democratic Republic of the Congo (DR Congo) | the Democratic Republic of the Congo;DR Congo;the DRC;Congo-Kinshasa;the Democratic Republic of Congo | Kinshasa | | Africa | Congolese franc |
Denmark | Denmark | Copenhagen | | Europe | Danish krone | kroner
Djibouti | Djibouti | Djibouti | Djibouti City | Africa | Djiboutian franc |
Dominica | Dominica | Roseau | | North America | East Caribbean dollar | Eastern Caribbean dollar
Dominican Republic | the Dominican Republic | Santo Domingo | | North America | Dominican peso |
Ecuador | Ecuador | Quito | | South America | US dollar | United States dollar
Egypt | Egypt | Cairo | | Africa | Egyptian pound |
El Salvador | El Salvador | San Salvador | | North America | US dollar | United States dollar
Equatorial Guinea | Equatorial Guinea | Ciudad de la Paz | Malabo | Africa | Central African CFA franc | CFA franc
Eritrea | Eritrea | Asmara | | Africa | Eritrean nakfa |
Estonia | Estonia | Tallinn | | Europe | euro |
Eswatini (Swaziland) | Eswatini;Swaziland | Mbabane | Lobamba | Africa | Swazi lilangeni | emalangeni
Ethiopia | Ethiopia | Addis Ababa | | Africa | Ethiopian birr |
Fiji | Fiji | Suva | | Oceania | Fijian dollar | Fiji dollar
Finland | Finland | Helsinki | | Europe | euro |
France | France | Paris | | Europe | euro |
Gabon | Gabon | Libreville | | Africa | Central African CFA franc | CFA franc
Gambia | the Gambia | Banjul | | Africa | Gambian dalasi |
Georgia | Georgia | Tbilisi | | Asia;Europe | Georgian lari |
Germany | Germany | Berlin | | Europe | euro |
Ghana | Ghana | Accra | | Africa | Ghanaian cedi | Ghana cedi
Greece | Greece | Athens | | Europe | euro |
Grenada | Grenada | St. George's (Saint George's) | St. George's;Saint George's;St George's;St Georges | North America | East Caribbean dollar | Eastern Caribbean dollar
Guatemala | Guatemala | Guatemala City | | North America | Guatemalan quetzal |
Guinea | Guinea | Conakry | | Africa | Guinean franc |
Guinea-Bissau | Guinea-Bissau;Guinea Bissau | Bissau | | Africa | West African CFA franc | CFA franc
Guyana | Guyana | Georgetown | | South America | Guyanese dollar |
Haiti | Haiti | Port-au-Prince | Port au Prince | North America | Haitian gourde |
Honduras | Honduras | Tegucigalpa | | North America | Honduran lempira |
Hungary | Hungary | Budapest | | Europe | Hungarian forint |
Iceland | Iceland | Reykjavík | | Europe | Icelandic króna |
India | India | New Delhi | Delhi | Asia | Indian rupee |
Indonesia | Indonesia | Jakarta | | Asia | Indonesian rupiah |
Iran | Iran | Tehran | Teheran | Asia | Iranian rial | toman
Iraq | Iraq | Baghdad | | Asia | Iraqi dinar |
Ireland | Ireland;the Republic of Ireland | Dublin | | Europe | euro |
Israel | Israel | Jerusalem | | Asia | Israeli new shekel | Israeli shekel;new shekel
Italy | Italy | Rome | | Europe | euro |
Ivory Coast (Côte d'Ivoire) | Ivory Coast;Côte d'Ivoire;the Ivory Coast | Yamoussoukro | | Africa | West African CFA franc | CFA franc
Jamaica | Jamaica | Kingston | | North America | Jamaican dollar |
Japan | Japan | Tokyo | | Asia | Japanese yen |
Jordan | Jordan | Amman | | Asia | Jordanian dinar |
Kazakhstan | Kazakhstan | Astana | Nur-Sultan | Asia;Europe | Kazakhstani tenge | Kazakh tenge
Kenya | Kenya | Nairobi | | Africa | Kenyan shilling | Kenya shilling
Kiribati | Kiribati | South Tarawa | Tarawa | Oceania | Australian dollar |
Kuwait | Kuwait | Kuwait City | | Asia | Kuwaiti dinar |
Kyrgyzstan | Kyrgyzstan | Bishkek | | Asia | Kyrgyzstani som | Kyrgyz som
Laos | Laos | Vientiane | | Asia | Lao kip | Laotian kip
Latvia | Latvia | Riga | | Europe | euro |
Lebanon | Lebanon | Beirut | | Asia | Lebanese pound | lira
Lesotho | Lesotho | Maseru | | Africa | Lesotho loti | maloti
Liberia | Liberia | Monrovia | | Africa | Liberian dollar |
Libya | Libya | Tripoli | | Africa | Libyan dinar |
Liechtenstein | Liechtenstein | Vaduz | | Europe | Swiss franc |
Lithuania | Lithuania | Vilnius | | Europe | euro |
Luxembourg | Luxembourg | Luxembourg City | Luxembourg | Europe | euro |
Madagascar | Madagascar | Antananarivo | | Africa | Malagasy ariary |
Malawi | Malawi | Lilongwe | | Africa | Malawian kwacha |
Malaysia | Malaysia | Kuala Lumpur | Putrajaya | Asia | Malaysian ringgit |
Maldives | the Maldives | Malé | | Asia | Maldivian rufiyaa |
Mali | Mali | Bamako | | Africa | West African CFA franc | CFA franc
Malta | Malta | Valletta | | Europe | euro |
Marshall Islands | the Marshall Islands | Majuro | | Oceania | US dollar | United States dollar
Mauritania | Mauritania | Nouakchott | | Africa | Mauritanian ouguiya |
Mauritius | Mauritius | Port Louis | | Africa | Mauritian rupee |
Mexico | Mexico | Mexico City | | North America | Mexican peso |
Micronesia | Micronesia;the Federated States of Micronesia | Palikir | | Oceania | US dollar | United States dollar
Moldova | Moldova | Chișinău | | Europe | Moldovan leu |
Monaco | Monaco | Monaco | Monaco City;Monaco-Ville | Europe | euro |
Mongolia | Mongolia | Ulaanbaatar | Ulan Bator | Asia | Mongolian tögrög (tugrik) | Mongolian tögrög;tögrög;Mongolian tugrik;tugrik
Montenegro | Montenegro | Podgorica | Cetinje | Europe | euro |
Morocco | Morocco | Rabat | | Africa | Moroccan dirham |
Mozambique | Mozambique | Maputo | | Africa | Mozambican metical |
Myanmar (Burma) | Myanmar;Burma | Naypyidaw | Nay Pyi Taw | Asia | Myanmar kyat | Burmese kyat
Namibia | Namibia | Windhoek | | Africa | Namibian dollar | Namibia dollar
Nauru | Nauru | Yaren | Yaren District | Oceania | Australian dollar |
Nepal | Nepal | Kathmandu | | Asia | Nepalese rupee | Nepali rupee
Netherlands | the Netherlands;Holland | Amsterdam | | Europe | euro |
New Zealand | New Zealand | Wellington | | Oceania | New Zealand dollar |
Nicaragua | Nicaragua | Managua | | North America | Nicaraguan córdoba |
Niger | Niger | Niamey | | Africa | West African CFA franc | CFA franc
Nigeria | Nigeria | Abuja | | Africa | Nigerian naira |
North Korea | North Korea;the Democratic People's Republic of Korea;the DPRK | Pyongyang | | Asia | North Korean won |
North Macedonia | North Macedonia;Macedonia | Skopje | | Europe | Macedonian denar |
Norway | Norway | Oslo | | Europe | Norwegian krone | kroner
Oman | Oman | Muscat | | Asia | Omani rial |
Pakistan | Pakistan | Islamabad | | Asia | Pakistani rupee |
Palau | Palau | Ngerulmud | Melekeok | Oceania | US dollar | United States dollar
Panama | Panama | Panama City | | North America | Panamanian balboa | US dollar
Papua New Guinea | Papua New Guinea | Port Moresby | | Oceania | Papua New Guinean kina |
Paraguay | Paraguay | Asunción | | South America | Paraguayan guaraní |
Peru | Peru | Lima | | South America | Peruvian sol |
Philippines | the Philippines | Manila | Metro Manila | Asia | Philippine peso |
Poland | Poland | Warsaw | | Europe | Polish złoty |
Portugal | Portugal | Lisbon | | Europe | euro |
Qatar | Qatar | Doha | | Asia | Qatari riyal | rial;Qatari rial
Romania | Romania | Bucharest | | Europe | Romanian leu |
Russia | Russia;the Russian Federation | Moscow | | Europe;Asia | Russian ruble | rouble;Russian rouble
Rwanda | Rwanda | Kigali | | Africa | Rwandan franc |
Saint Kitts and Nevis | Saint Kitts and Nevis;St. Kitts and Nevis;St Kitts and Nevis;St Kitts | Basseterre | | North America | East Caribbean dollar | Eastern Caribbean dollar
Saint Lucia | Saint Lucia;St. Lucia;St Lucia | Castries | | North America | East Caribbean dollar | Eastern Caribbean dollar
Saint Vincent and the Grenadines | Saint Vincent and the Grenadines;St. Vincent and the Grenadines;St Vincent and the Grenadines;St Vincent | Kingstown | | North America | East Caribbean dollar | Eastern Caribbean dollar
Samoa | Samoa | Apia | | Oceania | Samoan tālā |
San Marino | San Marino | San Marino | City of San Marino;San Marino City | Europe | euro |
São Tomé and Príncipe | São Tomé and Príncipe;São Tomé | São Tomé | | Africa | São Tomé dobra |
Saudi Arabia | Saudi Arabia | Riyadh | | Asia | Saudi riyal | Saudi Arabian riyal;rial
Senegal | Senegal | Dakar | | Africa | West African CFA franc | CFA franc
Serbia | Serbia | Belgrade | | Europe | Serbian dinar |
Seychelles | the Seychelles | Victoria | | Africa | Seychellois rupee | Seychelles rupee
Sierra Leone | Sierra Leone | Freetown | | Africa | Sierra Leonean leone |
Singapore | Singapore | Singapore | Singapore City | Asia | Singapore dollar |
Slovakia | Slovakia;the Slovak Republic | Bratislava | | Europe | euro |
Slovenia | Slovenia | Ljubljana | | Europe | euro |
Solomon Islands | the Solomon Islands | Honiara | | Oceania | Solomon Islands dollar |
Somalia | Somalia | Mogadishu | | Africa | Somali shilling |
South Africa | South Africa | Pretoria | Cape Town;Bloemfontein | Africa | South African rand |
South Korea | South Korea;the Republic of Korea | Seoul | | Asia | South Korean won | Korean won
South Sudan | South Sudan | Juba | | Africa | South Sudanese pound |
Spain | Spain | Madrid | | Europe | euro |
Sri Lanka | Sri Lanka | Sri Jayawardenepura Kotte | Colombo;Kotte | Asia | Sri Lankan rupee |
Sudan | Sudan | Khartoum | | Africa | Sudanese pound |
Suriname | Suriname | Paramaribo | | South America | Surinamese dollar | Suriname dollar
Sweden | Sweden | Stockholm | | Europe | Swedish krona | kronor;crown
Switzerland | Switzerland | Bern | Berne | Europe | Swiss franc |
Syria | Syria | Damascus | | Asia | Syrian pound | lira
Tajikistan | Tajikistan | Dushanbe | | Asia | Tajikistani somoni | Tajik somoni
Tanzania | Tanzania | Dodoma | | Africa | Tanzanian shilling | Tanzania shilling
Thailand | Thailand | Bangkok | | Asia | Thai baht |
Timor-Leste (East Timor) | Timor-Leste;East Timor;Timor Leste | Dili | | Asia | US dollar | United States dollar
Togo | Togo | Lomé | | Africa | West African CFA franc | CFA franc
Tonga | Tonga | Nuku'alofa | Nukualofa | Oceania | Tongan pa'anga | paanga;Tongan paanga
Trinidad and Tobago | Trinidad and Tobago;Trinidad & Tobago;Trinidad | Port of Spain | | North America | Trinidad and Tobago dollar |
Tunisia | Tunisia | Tunis | | Africa | Tunisian dinar |
Turkey (Türkiye) | Turkey;Türkiye | Ankara | | Asia;Europe | Turkish lira |
Turkmenistan | Turkmenistan | Ashgabat | | Asia | Turkmenistani manat | Turkmen manat;Turkmenistan manat
Tuvalu | Tuvalu | Funafuti | | Oceania | Australian dollar | Tuvaluan dollar
Uganda | Uganda | Kampala | | Africa | Ugandan shilling | Uganda shilling
Ukraine | Ukraine | Kyiv (Kiev) | Kyiv;Kiev | Europe | Ukrainian hryvnia |
United Arab Emirates (UAE) | the United Arab Emirates;the UAE;the Emirates | Abu Dhabi | | Asia | UAE dirham | United Arab Emirates dirham;Emirati dirham
United Kingdom (UK) | the United Kingdom;the UK;Great Britain;Britain;England;the U.K. | London | | Europe | pound sterling | British pound;pound;sterling
United States of America (USA) | the United States;the USA;the United States of America;the US;America;the U.S. | Washington, D.C. | Washington;Washington DC;Washington D.C | North America | US dollar | United States dollar;American dollar
Uruguay | Uruguay | Montevideo | | South America | Uruguayan peso |
Uzbekistan | Uzbekistan | Tashkent | | Asia | Uzbekistani som | Uzbek som;Uzbekistani sum;sum
Vanuatu | Vanuatu | Port Vila | | Oceania | Vanuatu vatu |
Venezuela | Venezuela | Caracas | | South America | Venezuelan bolívar |
Vietnam | Vietnam;Viet Nam | Hanoi | | Asia | Vietnamese dong |
Yemen | Yemen | Sana'a | Sanaa;Sana | Asia | Yemeni rial |
Zambia | Zambia | Lusaka | | Africa | Zambian kwacha |
Zimbabwe | Zimbabwe | Harare | | Africa | Zimbabwe Gold (ZiG) | Zimbabwe Gold;ZiG;Zimbabwean dollar;US dollar
"""

# Capitals whose answer says more than one city's name.
CAPITAL_ANSWERS = {
    "Equatorial Guinea": "Ciudad de la Paz (formerly Malabo)",     # by decree of January 2026
    "Bolivia": "Sucre (seat of government: La Paz)",
    "South Africa": "Pretoria (with Cape Town and Bloemfontein)",
    "Sri Lanka": "Sri Jayawardenepura Kotte (largest city: Colombo)",
}

# Names that are right for an answer and are not used in questions about the country.
OTHER_NAMES = {
    "Republic of the Congo": ["Congo"],
    "Democratic Republic of the Congo (DR Congo)": ["Congo"],
}

# Cities that are accepted for a country's capital and must not lead back to the country in a question.
NOT_A_QUESTION = {"Cetinje", "Melekeok", "Metro Manila"}

_SPECIAL = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ʻ": "'", "’": "'"})


def plain(text: str) -> str:
    """The text without diacritics: Brasília -> Brasilia."""
    return "".join(c for c in unicodedata.normalize("NFD", text.translate(_SPECIAL)) if not unicodedata.combining(c))


def with_plain(text: str) -> str:
    """A name as it is answered: with its plain form in brackets where that differs."""
    return text if plain(text) == text or "(" in text else f"{text} ({plain(text)})"


@dataclass(frozen=True)
class Country:
    name: str                      # as an answer
    names: tuple[str, ...]         # in questions, "the " where it belongs
    capital: str                   # as an answer
    capital_names: tuple[str, ...]  # in questions about the country
    continent: str                 # as an answer
    currency: str                  # as an answer
    accepted: dict = field(hash=False, compare=False)   # family -> names that are right


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _currency_answer(currency: str) -> str:
    """Polish złoty -> Polish złoty (zloty)."""
    unit = currency.split()[-1]
    return currency if plain(unit) == unit or "(" in currency else f"{currency} ({plain(unit)})"


def _country(line: str) -> Country:
    name, names, capital, capitals, continents, currency, currencies = [f.strip() for f in line.split("|")]
    names, capitals, continents, currencies = map(_split, (names, capitals, continents, currencies))
    first = capital.split(" (")[0]
    if continents[0] == "Oceania" and len(continents) > 1:
        continent = "Oceania (Australia)"
    else:
        continent = " and ".join(continents)
    short = currency.split(" (")[0].split()[-1]
    spoken = tuple(n for n in dict.fromkeys([first, *capitals]) if n not in NOT_A_QUESTION)
    answer_name = with_plain(name)
    if "Ivoire" in name:
        answer_name = name
    return Country(
        name=answer_name, names=tuple(names), capital=CAPITAL_ANSWERS.get(name, with_plain(capital)),
        capital_names=spoken, continent=continent, currency=_currency_answer(currency),
        accepted={
            "capital": [first, *capitals],
            "continent": continents + [" and ".join(continents[::-1])],
            "currency": [currency, short, *currencies],
            "country-of-capital": [name.split(" (")[0], *names, *OTHER_NAMES.get(name, [])],
        })


COUNTRIES = [_country(line) for line in TABLE.strip().splitlines()]

assert len(COUNTRIES) == 193, len(COUNTRIES)
assert len({c.name for c in COUNTRIES}) == 193
assert len({c.capital for c in COUNTRIES}) == 193
assert len({n for c in COUNTRIES for n in c.names}) == sum(len(c.names) for c in COUNTRIES)
assert len({n for c in COUNTRIES for n in c.capital_names}) == sum(len(c.capital_names) for c in COUNTRIES)
assert {w for c in COUNTRIES for w in c.accepted["continent"][:1]} == {
    "Africa", "Asia", "Europe", "North America", "South America", "Oceania"}
