#include "servers/email/triage/lexicon.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "servers/email/triage/ascii.hpp"

namespace email::triage {
namespace {

using Stem = std::string_view;

constexpr auto kThreat = std::to_array<Stem>(
    {// English
     "suspend", "deactivat", "disabled", "restricted", "locked", "blocked", "terminat", "expire",
     "expiring", "unauthori", "unusual", "suspicious", "violat", "hacked", "compromised",
     "final notice", "final warning", "last warning", "overdue", "past due", "on hold",
     "undelivered", "not be delivered", "cannot be delivered", "pending", "quota", "exceeded",
     "storage limit", "will be closed", "will be deleted", "permanently", "24 hours", "48 hours",
     "declined", "interruption",
     // German, Dutch
     "gesperrt", "sperrung", "eingeschränkt", "deaktivier", "ungewöhnlich", "verdächtig", "mahnung",
     "letzte warnung", "ausgesetzt", "gehackt", "abgelaufen", "überfällig", "24 stunden",
     "48 stunden", "geblokkeerd", "verloopt", "opgeschort", "24 uur",
     // French, Spanish, Portuguese, Italian
     "suspendu", "bloqu", "désactiv", "inhabituel", "impayé", "piraté", "24 heures", "48 heures",
     "caduc", "inusual", "desactiv", "pendiente", "vencid", "limitad", "no autorizad", "24 horas",
     "48 horas", "desativ", "suspens", "pendente", "irregular", "atraso", "protesto", "cancelad",
     "sospes", "bloccat", "scadenz", "scadut", "insolit", "in sospeso", "24 ore", "48 ore",
     // Polish, Japanese
     "zablokowan", "zawieszon", "wygas", "zaległ", "wstrzyman", "niedopłat", "24 godzin", "停止",
     "制限", "異常"});
constexpr auto kCredential =
    std::to_array<Stem>({"verify",        "verification",    "validate",      "confirm your",
                         "update your",   "your account",    "password",      "sign in",
                         "sign-in",       "log in",          "login",         "credential",
                         "billing",       "your card",       "wallet",        "your information",
                         "your identity", "payment details", "verifizier",    "bestätig",
                         "passwort",      "anmeld",          "zahlungsdaten", "aktualisieren sie",
                         "ihr konto",     "kundenkonto",     "wachtwoord",    "bevestig",
                         "inloggen",      "vérifi",          "mot de passe",  "votre compte",
                         "confirmez",     "verific",         "contraseña",    "su cuenta",
                         "tu cuenta",     "iniciar ses",     "senha",         "sua conta",
                         "acesse",        "regulariz",       "atualiz",       "il tuo account",
                         "accedi",        "zweryfikuj",      "potwierdź",     "hasło",
                         "twoje konto",   "ureguluj",        "ログイン",      "アカウント",
                         "確認"});
constexpr auto kGain = std::to_array<Stem>(
    {"congratulation", "winner",    "you won",       "you have won", "prize",
     "reward",         "gift card", "free",          "claim",        "bonus",
     "cash",           "bitcoin",   "btc",           "loan",         "inherit",
     "beneficiary",    "jackpot",   "million",       "earn",         "guarantee",
     "limited time",   "gewinn",    "gewonnen",      "geschenk",     "gutschein",
     "gratis",         "gagn",      "cadeau",        "félicit",      "premio",
     "ganado",         "regalo",    "felicit",       "ganhou",       "prêmio",
     "parabéns",       "brinde",    "resgat",        "pontos",       "vinto",
     "congratul",      "prijs",     "gefeliciteerd", "wygra",        "nagrod",
     "gratulac"});
constexpr auto kOptOut =
    std::to_array<Stem>({"unsubscribe", "opt out", "opt-out", "optout", "remove", "abmelden",
                         "abbestellen", "désabonn", "désinscri", "cancelar la suscrip",
                         "descadastr", "cancelar inscri", "disiscriv", "uitschrijven", "wypisz"});
constexpr auto kImprint = std::to_array<Stem>({"all rights reserved",
                                               "copyright",
                                               "©",
                                               "privacy policy",
                                               "terms of use",
                                               "subscribed",
                                               "subscription",
                                               "subscriber",
                                               "this newsletter",
                                               "you are receiving this",
                                               "you received this",
                                               "editor",
                                               "impressum",
                                               "abonn",
                                               "datenschutz",
                                               "tous droits réservés",
                                               "droits d'auteur",
                                               "politique de confidentialité",
                                               "derechos reservados",
                                               "suscrip",
                                               "política de privacidad",
                                               "direitos reservados",
                                               "diritti riservati",
                                               "iscrizione",
                                               "wszelkie prawa",
                                               "subskrypc",
                                               "alle rechten",
                                               "privacybeleid"});
constexpr auto kUrgency = std::to_array<Stem>({"urgent",
                                               "asap",
                                               "as soon as possible",
                                               "immediately",
                                               "right away",
                                               "at once",
                                               "emergency",
                                               "top priority",
                                               "by end of day",
                                               "by eod",
                                               "dringend",
                                               "sofort",
                                               "umgehend",
                                               "eilt",
                                               "immédiatement",
                                               "de toute urgence",
                                               "urgente",
                                               "de inmediato",
                                               "imediatamente",
                                               "subito",
                                               "pilne",
                                               "natychmiast",
                                               "jak najszybciej",
                                               "dringende",
                                               "zo snel mogelijk"});

std::span<const Stem> stems(Idea idea) {
  switch (idea) {
    case Idea::Threat:
      return kThreat;
    case Idea::Credential:
      return kCredential;
    case Idea::Gain:
      return kGain;
    case Idea::OptOut:
      return kOptOut;
    case Idea::Imprint:
      return kImprint;
    case Idea::Urgency:
      return kUrgency;
  }
  return {};
}

/// Only ASCII stems need a word to start there; Japanese has no blanks.
bool begins_word(std::string_view text, std::size_t at, Stem stem) {
  return at == 0 || !is_alpha(stem.front()) || !is_alpha(text[at - 1]);
}

bool occurs(std::string_view text, Stem stem) {
  for (std::size_t at = text.find(stem); at != std::string_view::npos;
       at = text.find(stem, at + 1)) {
    if (begins_word(text, at, stem)) return true;
  }
  return false;
}

}  // namespace

std::size_t count_stems(Idea idea, std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(stems(idea), [text](Stem stem) { return occurs(text, stem); }));
}

}  // namespace email::triage
