"""Which column of a stranger's list holds what, by the names that such lists give to them.

A name is compared without capitals, accents, blanks and signs, and without what it says in
brackets. Where several columns would fit, the one whose name stands first here is used.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from departments.reports.roster import FULL_COLUMNS

FULL_NAME = "full_name"
MANAGER = "manager"
NUMBER = "employee_id"
DATE_COLUMNS = ("starts_on", "ends_on", "leave_from", "leave_to")
NAME_COLUMNS = ("given_name", "family_name", FULL_NAME)

SYNONYMS: Mapping[str, str] = {
    "email": """email, work email, work email address, business email, company email, office email,
        corporate email, email work, email business, email address, email id, emailid, e mail,
        mail, mail address, primary email, primary work email, user principal name, upn,
        mailadresse, emailadresse, dienstliche email, adresse email, courriel,
        adresse electronique, correo electronico, correo, email corporativo, e post, epost,
        email professionnel, mail professionnel, adresse mail, adresse email professionnelle,
        adresse mail professionnelle, geschaftliche email, email geschaftlich, email dienstlich,
        emailadres, zakelijk emailadres, adres email, email sluzbowy, sluzbowy adres email""",
    "given_name": """given name, given names, first name, first names, firstname, forename,
        forenames, preferred first name, legal first name, fname, vorname, rufname, prenom, nombre,
        nombres, voornaam, roepnaam, nome, fornamn, fornavn, imie""",
    "family_name": """family name, family names, last name, last names, surname, second name,
        legal last name, lname, sur name, nachname, familienname, zuname, nom, nom de famille,
        apellido, apellidos, achternaam, cognome, sobrenome, efternamn, efternavn, etternavn,
        nazwisko, sn""",
    FULL_NAME: """full name, display name, employee name, name, worker, worker name, employee,
        preferred name, legal name, person, staff name, staff member, member name, colleague,
        user name, mitarbeiter, mitarbeitername, vollstandiger name, nom complet, nom et prenom,
        nombre completo, nombre y apellidos, volledige naam, naam, nome completo, namn, navn,
        common name, cn, emp name, emp nm, employee nm""",
    "department": """department, department path, department name, dept, dept name, dept nm,
        department unit,
        abteilung, departement, departamento, afdeling, avdelning, avdeling, afdeling navn, dzial,
        org unit, organisational unit, organizational unit, organisation unit, organization unit,
        orgunit, organisationseinheit, orgeinheit, komorka organizacyjna,
        organisation, organization, team, team name, unit, unit name, business unit,
        division, group name, section, function, supervisory organization, cost centre name,
        cost center name, bereich, kostenstelle bezeichnung, service, direction, equipe, area,
        reparto""",
    "title": """title, job title, position, position title, job, job name, designation, role title,
        business title, working title, occupation, job role, stelle, funktion, position bezeichnung,
        berufsbezeichnung, tatigkeit, poste, fonction, intitule du poste, puesto, cargo, functie,
        functietitel, mansione, befattning, stilling, stanowisko, stellenbezeichnung, planstelle""",
    "role": "role, department role, head or deputy",
    "starts_on": """starts on, start date, started on, start, department start date,
        position start date, date started, hire date, hired on, date of hire, date hired,
        employment start date, employment start, joining date, join date, date of joining, doj,
        joined, joined on, date joined, commencement date, original hire date,
        most recent hire date, start dt, hire dt, join dt, from, valid from,
        eintrittsdatum, eintritt,
        eingestellt am, beginn, startdatum, date d entree, date d embauche,
        date de debut, date embauche, fecha de ingreso,
        fecha de inicio, fecha de alta, datum in dienst, in dienst, data di assunzione,
        anstallningsdatum, ansettelsesdato, einstellungsdatum, einstellung, data zatrudnienia""",
    "ends_on": """ends on, end date, ended on, end, termination date, date of termination,
        employment end date, employment end, leaving date, leave date, date of leaving, last day,
        last working day, last day of work, exit date, term date, end dt, term dt,
        contract end date, contract end, to,
        valid to, until, austrittsdatum, austritt, ende, enddatum, date de fin, date de sortie,
        fecha de fin, fecha de baja, datum uit dienst, uit dienst, vertragsende,
        data zwolnienia""",
    "leave_from": """leave from, leave start, leave start date, leave of absence start, loa start,
        leave begins, absence from, absence start, first day of leave""",
    "leave_to": """leave to, leave end, leave end date, leave of absence end, loa end, leave until,
        absence to, absence end, last day of leave, return date""",
    "groups": "groups, portal groups",
    "level": """level, job level, management level, career level, hierarchy level, grade, job grade,
        seniority, seniority level, hierarchieebene, hierarchiestufe, fuhrungsebene, ebene, niveau,
        niveau hierarchique, nivel, nivel jerarquico, livello, poziom""",
    "also_in": """also in, also works in, other departments, other department, second department,
        additional departments, additional department, secondary departments, secondary department,
        further departments, weitere abteilungen, weitere abteilung, autres departements,
        otros departamentos, altri reparti""",
    MANAGER: """manager email, manager email address, manager work email, managers email,
        supervisor email, line manager email, reports to email, manager id, manager employee id,
        manager number, manager emp id, supervisor id, supervisor number, reports to id, boss id,
        managerid, mgr id, mgr, manager, line manager, direct manager, supervisor,
        immediate supervisor, reporting manager, reporting to, reports to, reports to name,
        manager name, mgr name, mgr nm, line manager name, supervisor name, managers name, boss,
        team leader,
        vorgesetzter, vorgesetzte, vorgesetzte r, fuhrungskraft, teamleiter, responsable,
        superieur, n 1, superior, jefe, leidinggevende, chef, narmaste chef, workers manager,
        responsable hierarchique, manager hierarchique, przelozony, bezposredni przelozony""",
    NUMBER: """employee id, employee number, employee no, emp id, emp no, employeeid, empid, empno,
        staff id, staff number, staff no, personnel number, personnel id, worker id, person id,
        person number, user id, associate id, payroll number, id, number, no, personalnummer,
        personal nr, mitarbeiternummer, mitarbeiter nr, matricule, numero de empleado,
        personeelsnummer, matricola, persnr, numer pracownika""",
}

# Strokes are no accents: nothing takes them off but a list.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def plain(name: str) -> str:
    """“E-Mail Address (work)” is “emailaddress”."""
    without = _BRACKETS.sub(" ", name[:200]) or name
    letters = unicodedata.normalize("NFKD", without.casefold().translate(_STROKES))
    return "".join(letter for letter in letters if letter.isalnum())


_KNOWN: Mapping[str, tuple[int, str]] = {
    plain(synonym): (rank, column)
    for column, synonyms in SYNONYMS.items()
    for rank, synonym in reversed([*enumerate(synonyms.split(","))])
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands, what it is called in the file, and what isn't used."""

    places: Mapping[str, int]
    names: Mapping[str, str]
    unused: Sequence[str] = ()
    doubled: Sequence[str] = ()

    def __contains__(self, column: str) -> bool:
        return column in self.places

    @property
    def are_ours(self) -> bool:
        """The file is written as the guide says."""
        return all(self.names.get(column) == column for column in FULL_COLUMNS)

    @property
    def renamed(self) -> list[tuple[str, str]]:
        """The file's name, and ours, where they differ."""
        return [(name, column) for column, name in self.names.items() if name.lower() != column]

    def without(self, column: str) -> "Columns":
        return Columns(
            {known: place for known, place in self.places.items() if known != column},
            {known: name for known, name in self.names.items() if known != column},
            [*self.unused, self.names[column]],
            self.doubled,
        )

    def moved(self, column: str, to: str) -> "Columns":
        """The column is read as another one, which the file doesn't have."""
        return Columns(
            {to if known == column else known: place for known, place in self.places.items()},
            {to if known == column else known: name for known, name in self.names.items()},
            self.unused,
            self.doubled,
        )


def is_known(name: str) -> bool:
    return plain(name) in _KNOWN


def map_columns(names: Sequence[str]) -> Columns:
    known = [(_KNOWN.get(plain(name)), place) for place, name in enumerate(names)]
    ranked = sorted((found, place) for found, place in known if found)
    places: dict[str, int] = {}
    doubled: list[str] = []
    ranks: dict[str, int] = {}
    for (rank, column), place in ranked:
        if column not in places:
            places[column], ranks[column] = place, rank
        elif ranks[column] == rank:
            doubled.append(names[place])
    used = set(places.values())
    columns = Columns(
        places={column: places[column] for column in SYNONYMS if column in places},
        names={column: names[places[column]] for column in SYNONYMS if column in places},
        unused=[name for place, name in enumerate(names) if name and place not in used],
        doubled=doubled,
    )
    return _with_name_as_family_name(columns)


def _with_name_as_family_name(columns: Columns) -> Columns:
    """“Name” beside “Vorname” is the family's."""
    if "given_name" not in columns or FULL_NAME not in columns:
        return columns
    if "family_name" in columns:
        return columns.without(FULL_NAME)
    return columns.moved(FULL_NAME, "family_name")


def as_told(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
