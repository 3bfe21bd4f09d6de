#include "schemas/common/when_holidays.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "schemas/common/when_rules.hpp"

namespace common::words {
namespace {

using Kind = HolidayRule::Kind;
using Move = HolidayRule::Move;

constexpr HolidayRule fixed(int month, int day, Move move = Move::Stays) {
  return {.kind = Kind::Fixed, .month = month, .day = day, .move = move};
}
constexpr HolidayRule nth(int n, Weekday weekday, int month, int days_on = 0) {
  return {.kind = Kind::Weekday, .month = month, .day = days_on, .nth = n, .weekday = weekday};
}
constexpr HolidayRule easter(int days_on) {
  return {.kind = Kind::Easter, .day = days_on};
}
constexpr HolidayRule orthodox(int days_on) {
  return {.kind = Kind::Orthodox, .day = days_on};
}

using enum Weekday;

constexpr auto kWestern = std::to_array<HolidayInfo>({
    {"new years day?; new year day; new year; new years", fixed(1, 1)},
    {"new years eve; new year eve; nye", fixed(12, 31)},
    {"twelfth night", fixed(1, 5)},
    {"epiphany; three kings day", fixed(1, 6)},
    {"orthodox christmas day?", fixed(1, 7)},
    {"orthodox new year", fixed(1, 14)},
    {"australia day", fixed(1, 26)},
    {"groundhogs|groundhog day", fixed(2, 2)},
    {"candlemas", fixed(2, 2)},
    {"world cancer day", fixed(2, 4)},
    {"valentines|valentine day?; saint|st .? valentines|valentine day?", fixed(2, 14)},
    {"leap day", fixed(2, 29)},
    {"st|saint .? davids|david day", fixed(3, 1)},
    {"international? womens|women day", fixed(3, 8)},
    {"pi day", fixed(3, 14)},
    {"ides of march", fixed(3, 15)},
    {"st|saint .? patricks|patrick|paddys|pattys day", fixed(3, 17)},
    {"world water day", fixed(3, 22)},
    {"april fools|fool day?; all fools day", fixed(4, 1)},
    {"world autism awareness day", fixed(4, 2)},
    {"world health day", fixed(4, 7)},
    {"national? siblings|sibling day", fixed(4, 10)},
    {"emancipation day", fixed(4, 16, Move::ToWeekday)},
    {"world? earth day", fixed(4, 22)},
    {"st|saint .? georges|george day; feast of saint|st george", fixed(4, 23)},
    {"anzac day", fixed(4, 25)},
    {"kings|king day; koningsdag", fixed(4, 27, Move::SundayBack)},
    {"walpurgis night", fixed(4, 30)},
    {"may day; labour day; international workers|worker day", fixed(5, 1)},
    {"law day; lei day; loyalty day", fixed(5, 1)},
    {"world press freedom day", fixed(5, 3)},
    {"star wars day", fixed(5, 4)},
    {"cinco de mayo", fixed(5, 5)},
    {"liberation day; bevrijdingsdag", fixed(5, 5)},
    {"v - e day; victory in europe day; ve day", fixed(5, 8)},
    {"victory day", fixed(5, 9)},
    {"europe day", fixed(5, 9)},
    {"syttende mai", fixed(5, 17)},
    {"world environment day", fixed(6, 5)},
    {"d - day; dday", fixed(6, 6)},
    {"flag day", fixed(6, 14)},
    {"bloomsday", fixed(6, 16)},
    {"juneteenth; freedom day; emancipation proclamation day", fixed(6, 19)},
    {"midsummer day?; saint|st .? johns|john day", fixed(6, 24)},
    {"canada day", fixed(7, 1)},
    {"independence day; 4th|fourth of july; july 4th|fourth", fixed(7, 4)},
    {"bastille day", fixed(7, 14)},
    {"assumption of mary|day?", fixed(8, 15)},
    {"international youth day", fixed(8, 12)},
    {"world humanitarian day", fixed(8, 19)},
    {"patriot day; 9 / 11", fixed(9, 11)},
    {"constitution day; citizenship day", fixed(9, 17)},
    {"talk like a pirate day", fixed(9, 19)},
    {"michaelmas", fixed(9, 29)},
    {"german unity day", fixed(10, 3)},
    {"world teachers|teacher day", fixed(10, 5)},
    {"leif erikson day", fixed(10, 9)},
    {"world mental health day", fixed(10, 10)},
    {"bosss|boss day; bosses day", fixed(10, 16, Move::ToWeekday)},
    {"united nations day; un day", fixed(10, 24)},
    {"halloween day?; hallowe'en; all hallows eve; hallows eve", fixed(10, 31)},
    {"reformation day", fixed(10, 31)},
    {"all saints|saint day?; all hallows day?", fixed(11, 1)},
    {"all souls|soul day?", fixed(11, 2)},
    {"day of the dead; dia de los muertos", fixed(11, 2)},
    {"guy fawkes day|night?; bonfire night", fixed(11, 5)},
    {"veterans|veteran day; armistice day; remembrance day", fixed(11, 11)},
    {"martinmas; st|saint .? martins day", fixed(11, 11)},
    {"singles|single day", fixed(11, 11)},
    {"international? mens|men day", fixed(11, 19)},
    {"universal children's|childrens day", fixed(11, 20)},
    {"st|saint .? andrews|andrew day", fixed(11, 30)},
    {"world aids day", fixed(12, 1)},
    {"st|saint .? nicholas day?", fixed(12, 6)},
    {"pearl harbor day", fixed(12, 7)},
    {"immaculate conception day?", fixed(12, 8)},
    {"human rights day", fixed(12, 10)},
    {"st|saint .? lucys|lucy|lucia day", fixed(12, 13)},
    {"festivus", fixed(12, 23)},
    {"christmas eve; xmas eve; x - mas eve", fixed(12, 24)},
    {"christmas day?; xmas day?; x - mas day?; noel", fixed(12, 25)},
    {"boxing day; st|saint .? stephens|stephen day; second christmas day", fixed(12, 26)},
    {"holy innocents day", fixed(12, 28)},

    {"mlk jr|junior? .? day; martin luther king jr|junior? .? day;"
     " martin luther kings jr? .? day; martin luther king jr? .? birthday",
     nth(3, Mon, 1)},
    {"inauguration day", fixed(1, 20)},
    {"presidents|president day; washingtons|washington birthday|day", nth(3, Mon, 2)},
    {"daylight saving|savings time? start|begins day?; start of daylight saving|savings time?",
     nth(2, Sun, 3)},
    {"daylight saving|savings time? end|ends day?; end of daylight saving|savings time?",
     nth(1, Sun, 11)},
    {"earth hour", nth(-1, Sat, 3)},
    {"commonwealth day", nth(2, Mon, 3)},
    {"global youth service day", nth(3, Fri, 4)},
    {"administrative professionals|professional day; secretaries|secretary|secretarys day;"
     " admin day; administrative assistants|assistant day",
     nth(-1, Sat, 4, -3)},
    {"take our? your? daughters|daughter and sons|son to work day;"
     " take your child to work day",
     nth(4, Thu, 4)},
    {"national? arbor day", nth(-1, Fri, 4)},
    {"early may bank holiday", nth(1, Mon, 5)},
    {"military spouses|spouse day", nth(2, Sun, 5, -2)},
    {"mothers|mother day; mom day; mum day", nth(2, Sun, 5)},
    {"armed forces day", nth(3, Sat, 5)},
    {"victoria day", {.kind = Kind::Weekday, .month = 5, .day = -7, .nth = -1, .weekday = Mon}},
    {"memorial day; decoration day; late may bank holiday; spring bank holiday", nth(-1, Mon, 5)},
    {"fathers|father day; dad day; dads day", nth(3, Sun, 6)},
    {"national? parents|parent day", nth(4, Sun, 7)},
    {"friendship day", nth(1, Sun, 8)},
    {"august bank holiday; late august bank holiday; summer bank holiday", nth(-1, Mon, 8)},
    {"labor day", nth(1, Mon, 9)},
    {"national? grandparents|grandparent day", nth(1, Mon, 9, 6)},
    {"columbus day; indigenous peoples|people day; canadian thanksgiving", nth(2, Mon, 10)},
    {"oktoberfest", nth(3, Sat, 9), 16},
    {"election day", nth(1, Mon, 11, 1)},
    {"thanksgiving day?; turkey day", nth(4, Thu, 11)},
    {"black friday", nth(4, Thu, 11, 1)},
    {"small business saturday", nth(4, Thu, 11, 2)},
    {"cyber monday", nth(4, Thu, 11, 4)},
    {"giving tuesday", nth(4, Thu, 11, 5)},
    {"tax day", {.kind = Kind::Once}},
    {"super|mega tuesday", {.kind = Kind::Once, .nth = 1}},
    {"giga|tsunami tuesday", {.kind = Kind::Once, .nth = 3}},
    {"mini - tuesday; mini tuesday", {.kind = Kind::Once, .nth = 2}},
    {"kwanzaa", fixed(12, 26), 7},

    {"easter sunday|day?", easter(0)},
    {"easter eve; holy saturday; black saturday; easter saturday", easter(-1)},
    {"good|great|holy friday; easter friday", easter(-2)},
    {"maundy|covenant|holy|sheer thursday", easter(-3)},
    {"spy|holy wednesday", easter(-4)},
    {"holy tuesday", easter(-5)},
    {"holy monday", easter(-6)},
    {"palm|branch sunday", easter(-7)},
    {"holy week", easter(-7), 7},
    {"passion sunday", easter(-14)},
    {"mothering sunday", easter(-21)},
    {"ash wednesday; carnival end", easter(-46)},
    {"shrove tuesday; mardi gras; pancake day|tuesday; fat tuesday", easter(-47)},
    {"shrove|rose monday; shrovetide", easter(-48)},
    {"shrove|quinquagesima sunday", easter(-49)},
    {"lent", easter(-46), 46},
    {"easter monday", easter(1)},
    {"low|divine|thomas sunday; divine mercy sunday; whiteday sunday", easter(7)},
    {"ascension thursday|day?; feast of the ascension; holy thursday of ascension", easter(39)},
    {"pentecost sunday?; whit sunday; whitsunday; whitsun; pinksteren", easter(49)},
    {"whit monday; pentecost monday; monday of the holy spirit", easter(50)},
    {"trinity sunday", easter(56)},
    {"corpus christi; feast of corpus christi; corpus domini", easter(60)},
    {"sacred heart; feast of the sacred heart", easter(68)},

    {"orthodox|greek easter sunday|day?; pascha; greek pascha", orthodox(0)},
    {"orthodox|great holy saturday; orthodox easter saturday; great saturday", orthodox(-1)},
    {"orthodox good|great|holy friday", orthodox(-2)},
    {"orthodox maundy|holy|great thursday", orthodox(-3)},
    {"orthodox palm|branch sunday", orthodox(-7)},
    {"lazarus saturday", orthodox(-8)},
    {"clean|ash|pure|shrove monday; orthodox shrove|clean|ash monday; kathara deftera;"
     " monday of lent; the? great lent",
     orthodox(-48)},
    {"orthodox shrove tuesday", orthodox(-47)},
    {"orthodox ash wednesday", orthodox(-46)},
    {"orthodox easter monday; bright monday", orthodox(1)},
    {"orthodox ascension day?", orthodox(39)},
    {"orthodox pentecost sunday?", orthodox(49)},
    {"orthodox whit monday; monday of the orthodox? holy spirit", orthodox(50)},
    {"all saints sunday; orthodox all saints day?", orthodox(56)},
});

/// The rules of all tables, one a name.
std::vector<Rule> rules_of_names() {
  const auto make_holiday = [](const Match& match) -> std::optional<Made> {
    return Made(Moment{.day = make(Holiday{.which = match.argument()})});
  };
  std::vector<Rule> rules;
  for (std::size_t which = 0; which < holiday_count(); ++which) {
    std::string_view names = holiday(which).names;
    while (!names.empty()) {
      const std::size_t end = std::min(names.find(';'), names.size());
      rules.push_back({.pattern = names.substr(0, end), .make = make_holiday, .argument = which});
      names.remove_prefix(std::min(end + 1, names.size()));
    }
  }
  return rules;
}

}  // namespace

std::span<const HolidayInfo> western_holidays() {
  return kWestern;
}

const HolidayInfo& holiday(std::size_t which) {
  for (const auto table : {western_holidays(), lunar_holidays()}) {
    if (which < table.size()) return table[which];
    which -= table.size();
  }
  return world_holidays()[which];
}

std::size_t holiday_count() {
  return western_holidays().size() + lunar_holidays().size() + world_holidays().size();
}

std::span<const Rule> holiday_rules() {
  static const std::vector<Rule> rules = rules_of_names();
  return rules;
}

}  // namespace common::words
