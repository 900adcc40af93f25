"""The 118 chemical elements, in the order of their atomic numbers."""
from __future__ import annotations

TABLE = """
H Hydrogen; He Helium; Li Lithium; Be Beryllium; B Boron; C Carbon; N Nitrogen; O Oxygen; F Fluorine; Ne Neon;
Na Sodium; Mg Magnesium; Al Aluminium; Si Silicon; P Phosphorus; S Sulfur; Cl Chlorine; Ar Argon; K Potassium; Ca Calcium;
Sc Scandium; Ti Titanium; V Vanadium; Cr Chromium; Mn Manganese; Fe Iron; Co Cobalt; Ni Nickel; Cu Copper; Zn Zinc;
Ga Gallium; Ge Germanium; As Arsenic; Se Selenium; Br Bromine; Kr Krypton; Rb Rubidium; Sr Strontium; Y Yttrium; Zr Zirconium;
Nb Niobium; Mo Molybdenum; Tc Technetium; Ru Ruthenium; Rh Rhodium; Pd Palladium; Ag Silver; Cd Cadmium; In Indium; Sn Tin;
Sb Antimony; Te Tellurium; I Iodine; Xe Xenon; Cs Caesium; Ba Barium; La Lanthanum; Ce Cerium; Pr Praseodymium; Nd Neodymium;
Pm Promethium; Sm Samarium; Eu Europium; Gd Gadolinium; Tb Terbium; Dy Dysprosium; Ho Holmium; Er Erbium; Tm Thulium; Yb Ytterbium;
Lu Lutetium; Hf Hafnium; Ta Tantalum; W Tungsten; Re Rhenium; Os Osmium; Ir Iridium; Pt Platinum; Au Gold; Hg Mercury;
Tl Thallium; Pb Lead; Bi Bismuth; Po Polonium; At Astatine; Rn Radon; Fr Francium; Ra Radium; Ac Actinium; Th Thorium;
Pa Protactinium; U Uranium; Np Neptunium; Pu Plutonium; Am Americium; Cm Curium; Bk Berkelium; Cf Californium; Es Einsteinium; Fm Fermium;
Md Mendelevium; No Nobelium; Lr Lawrencium; Rf Rutherfordium; Db Dubnium; Sg Seaborgium; Bh Bohrium; Hs Hassium; Mt Meitnerium; Ds Darmstadtium;
Rg Roentgenium; Cn Copernicium; Nh Nihonium; Fl Flerovium; Mc Moscovium; Lv Livermorium; Ts Tennessine; Og Oganesson
"""

# Other spellings and names: the answer names them in brackets, questions use either.
OTHER_NAMES = {"Aluminium": "Aluminum", "Sulfur": "Sulphur", "Caesium": "Cesium"}
# Older names, in questions and accepted, not in answers.
OLD_NAMES = {"Tungsten": "Wolfram"}

ELEMENTS = [tuple(entry.split()) for entry in TABLE.replace("\n", " ").split(";")]   # (symbol, name)
NUMBER = {name: i + 1 for i, (_, name) in enumerate(ELEMENTS)}
SYMBOL = {name: symbol for symbol, name in ELEMENTS}


def question_names(name: str) -> list[str]:
    return [name] + [table[name] for table in (OTHER_NAMES, OLD_NAMES) if name in table]


def answer_name(name: str) -> str:
    return f"{name} ({OTHER_NAMES[name]})" if name in OTHER_NAMES else name


assert len(ELEMENTS) == 118 and all(len(e) == 2 for e in ELEMENTS)
assert len({s for s, _ in ELEMENTS}) == 118 and len(NUMBER) == 118
assert [NUMBER[n] for n in ("Neon", "Calcium", "Zirconium", "Tin", "Neodymium", "Ytterbium", "Mercury", "Thorium", "Fermium", "Darmstadtium", "Oganesson")] == [
    10, 20, 40, 50, 60, 70, 80, 90, 100, 110, 118]
