#include <array>

#include "schemas/common/when_holidays.hpp"

/// Days of nations, saints and causes, and lesser feasts of the calendars in the other two tables.
namespace common::words {
namespace {

using Kind = HolidayRule::Kind;
using At = HolidayRule::At;
using Move = HolidayRule::Move;
using Wd = Weekday;

constexpr HolidayRule date_rule(int month, int day, Move move = Move::Stays) {
  return {.kind = Kind::Fixed, .month = month, .day = day, .move = move};
}
constexpr HolidayRule weekday_rule(int n, Wd weekday, int month, int days_on = 0) {
  return {.kind = Kind::Weekday, .month = month, .day = days_on, .nth = n, .weekday = weekday};
}
constexpr HolidayRule easter_rule(int days_on) {
  return {.kind = Kind::Easter, .day = days_on};
}
constexpr HolidayRule orthodox_rule(int days_on) {
  return {.kind = Kind::Orthodox, .day = days_on};
}
constexpr HolidayRule hebrew_rule(int month, int day) {
  return {.kind = Kind::Hebrew, .month = month, .day = day};
}
constexpr HolidayRule islamic_rule(int month, int day) {
  return {.kind = Kind::Islamic, .month = month, .day = day};
}
constexpr HolidayRule hindu_rule(int month, int tithi, At at = At::Sunrise, int days_on = 0) {
  return {.kind = Kind::Hindu, .month = month, .day = tithi, .nth = days_on, .at = at};
}
constexpr HolidayRule sun_rule(int degrees) {
  return {.kind = Kind::SunLongitude, .day = degrees};
}

constexpr auto kWorld = std::to_array<HolidayInfo>({
    // United States
    {"lincolns|lincoln birthday|day", date_rule(2, 12)},
    {"cesar chavez day", date_rule(3, 31)},
    {"kamehameha day", date_rule(6, 11)},
    {"pioneer day", date_rule(7, 24)},
    {"womens|women equality day", date_rule(8, 26)},
    {"national? aviation day", date_rule(8, 19)},
    {"bill of rights day", date_rule(12, 15)},
    {"wright brothers day", date_rule(12, 17)},
    {"national? coming out day", date_rule(10, 11)},
    {"mischief|devils night", date_rule(10, 30)},
    {"national? nurses|nurse day", date_rule(5, 6)},
    {"peace officers memorial day", date_rule(5, 15)},
    {"national? pet day", date_rule(4, 11)},
    {"tartan day", date_rule(4, 6)},
    {"casimir? pulaski day", weekday_rule(1, Wd::Mon, 3)},
    {"patriots|patriot's day of massachusetts; patriots day in massachusetts",
     weekday_rule(3, Wd::Mon, 4)},
    {"kentucky derby day?", weekday_rule(1, Wd::Sat, 5)},
    {"national day of prayer", weekday_rule(1, Wd::Thu, 5)},
    {"indy|indianapolis 500", weekday_rule(-1, Wd::Mon, 5, -1)},
    {"super bowl sunday?; superbowl sunday?", weekday_rule(2, Wd::Sun, 2)},
    {"sweetest day", weekday_rule(3, Wd::Sat, 10)},
    {"native american heritage day", weekday_rule(4, Wd::Thu, 11, 1)},
    {"thanksgiving eve; day before thanksgiving", weekday_rule(4, Wd::Thu, 11, -1)},
    {"system administrators|administrator appreciation day; sysadmin day",
     weekday_rule(-1, Wd::Fri, 7)},
    {"global running day", weekday_rule(1, Wd::Wed, 6)},

    // Canada, Britain, Ireland, Australia, New Zealand, South Africa
    {"family day", weekday_rule(3, Wd::Mon, 2)},
    {"civic holiday; simcoe day; british columbia day; natal day", weekday_rule(1, Wd::Mon, 8)},
    {"national? day for truth and reconciliation; orange shirt day", date_rule(9, 30)},
    {"orangemens|orangemen day; the? twelfth of july", date_rule(7, 12)},
    {"burns night|day; robert burns night|day", date_rule(1, 25)},
    {"st|saint .? brigids|brigid day; imbolc", date_rule(2, 1)},
    {"st|saint .? swithins|swithin|swithuns day", date_rule(7, 15)},
    {"trafalgar day", date_rule(10, 21)},
    {"hogmanay; st|saint .? sylvester day?; silvester|sylvester; watch night", date_rule(12, 31)},
    {"remembrance sunday", weekday_rule(2, Wd::Sun, 11)},
    {"may bank holiday", weekday_rule(1, Wd::Mon, 5)},
    {"june bank holiday", weekday_rule(1, Wd::Mon, 6)},
    {"october bank holiday", weekday_rule(-1, Wd::Mon, 10)},
    {"grand national day", weekday_rule(2, Wd::Sat, 4)},
    {"waitangi day", date_rule(2, 6)},
    {"kings|king|queens|queen birthday", weekday_rule(2, Wd::Mon, 6)},
    {"melbourne cup day?", weekday_rule(1, Wd::Tue, 11)},
    {"day of reconciliation", date_rule(12, 16)},
    {"heritage day", date_rule(9, 24)},
    {"international? nelson? mandela day", date_rule(7, 18)},
    {"africa day", date_rule(5, 25)},

    // Other nations
    {"swiss national day", date_rule(8, 1)},
    {"day of german unity; german reunification day", date_rule(10, 3)},
    {"sinterklaas day|eve?; st|saint .? nicholas eve", date_rule(12, 5)},
    {"defender of the? fatherland day", date_rule(2, 23)},
    {"russia day", date_rule(6, 12)},
    {"unity day", date_rule(11, 4)},
    {"polish independence day", date_rule(11, 11)},
    {"mexican independence day; dieciseis de septiembre", date_rule(9, 16)},
    {"benito juarez day", weekday_rule(3, Wd::Mon, 3)},
    {"d\u00eda de los? muertos; dia de muertos; all souls' day", date_rule(11, 2)},
    {"our lady of guadalupe day?; feast of our lady of guadalupe", date_rule(12, 12)},
    {"las posadas", date_rule(12, 16), 9},
    {"ferragosto", date_rule(8, 15)},
    {"st|saint .? barbaras|barbara day", date_rule(12, 4)},
    {"chinese national day; national day of china", date_rule(10, 1)},
    {"coming of age day; seijin no hi", weekday_rule(2, Wd::Mon, 1)},
    {"national foundation day", date_rule(2, 11)},
    {"emperors|emperor birthday", date_rule(2, 23)},
    {"hinamatsuri; girls|doll|dolls day|festival", date_rule(3, 3)},
    {"showa day", date_rule(4, 29)},
    {"greenery day", date_rule(5, 4)},
    {"tanabata", date_rule(7, 7)},
    {"marine|ocean|sea day", weekday_rule(3, Wd::Mon, 7)},
    {"mountain day", date_rule(8, 11)},
    {"respect for the aged day", weekday_rule(3, Wd::Mon, 9)},
    {"health and sports day", weekday_rule(2, Wd::Mon, 10)},
    {"culture day", date_rule(11, 3)},
    {"shichi - go - san", date_rule(11, 15)},
    {"labor|labour thanksgiving day", date_rule(11, 23)},
    {"songkran; thai new year", date_rule(4, 13)},
    {"ambedkar jayanti", date_rule(4, 14)},
    {"indian independence day; independence day of india", date_rule(8, 15)},
    {"indian teachers|teacher day", date_rule(9, 5)},
    {"indian? children's|childrens|children day", date_rule(11, 14)},
    {"zartosht no - diso; zartosht no diso", date_rule(12, 26)},
    {"ridvan", date_rule(4, 20)},
    {"yalda night?; shab e yalda", date_rule(12, 20)},

    // Causes
    {"world braille day", date_rule(1, 4)},
    {"international holocaust remembrance day", date_rule(1, 27)},
    {"darwin day", date_rule(2, 12)},
    {"world radio day", date_rule(2, 13)},
    {"international mother language day", date_rule(2, 21)},
    {"world thinking day", date_rule(2, 22)},
    {"world wildlife day", date_rule(3, 3)},
    {"white day", date_rule(3, 14)},
    {"international? day of happiness; international happiness day", date_rule(3, 20)},
    {"world poetry day; world down syndrome day", date_rule(3, 21)},
    {"world meteorological day", date_rule(3, 23)},
    {"world tuberculosis|tb day", date_rule(3, 24)},
    {"world backup day", date_rule(3, 31)},
    {"world heritage day", date_rule(4, 18)},
    {"world book day; world book and copyright day", date_rule(4, 23)},
    {"world malaria day", date_rule(4, 25)},
    {"world intellectual property day", date_rule(4, 26)},
    {"international? workers memorial day", date_rule(4, 28)},
    {"world red cross day", date_rule(5, 8)},
    {"international nurses|nurse day", date_rule(5, 12)},
    {"international? day of families; international family day", date_rule(5, 15)},
    {"international museum day", date_rule(5, 18)},
    {"world bee day", date_rule(5, 20)},
    {"towel day", date_rule(5, 25)},
    {"world no tobacco day; world no - tobacco day", date_rule(5, 31)},
    {"international children's|childrens day", date_rule(6, 1)},
    {"world bicycle day", date_rule(6, 3)},
    {"world oceans|ocean day", date_rule(6, 8)},
    {"world blood donor day", date_rule(6, 14)},
    {"world refugee day", date_rule(6, 20)},
    {"world music day; fete de la musique; international? yoga day; international day of yoga",
     date_rule(6, 21)},
    {"world population day", date_rule(7, 11)},
    {"world hepatitis day", date_rule(7, 28)},
    {"international friendship day; international day of friendship", date_rule(7, 30)},
    {"international cat day", date_rule(8, 8)},
    {"left handers|handed|hander day; left - handers|handed day", date_rule(8, 13)},
    {"world photography|photo day", date_rule(8, 19)},
    {"international literacy day; world literacy day", date_rule(9, 8)},
    {"world suicide prevention day", date_rule(9, 10)},
    {"international? day of peace; international peace day; world peace day", date_rule(9, 21)},
    {"world car free day; car free day", date_rule(9, 22)},
    {"world tourism day", date_rule(9, 27)},
    {"international coffee day; world vegetarian day; international day of older persons",
     date_rule(10, 1)},
    {"international day of non - violence|nonviolence", date_rule(10, 2)},
    {"world animal day", date_rule(10, 4)},
    {"world post day", date_rule(10, 9)},
    {"world sight day", weekday_rule(2, Wd::Thu, 10)},
    {"global handwashing day", date_rule(10, 15)},
    {"world food day", date_rule(10, 16)},
    {"world vegan day", date_rule(11, 1)},
    {"world kindness day", date_rule(11, 13)},
    {"world diabetes day", date_rule(11, 14)},
    {"world philosophy day", weekday_rule(3, Wd::Thu, 11)},
    {"world toilet day", date_rule(11, 19)},
    {"movember", date_rule(11, 1), 30},
    {"international day of persons|people with disabilities", date_rule(12, 3)},
    {"international migrants|migrant day", date_rule(12, 18)},

    // Saints and feasts
    {"annunciation; feast of the annunciation; lady day; annunciation of mary", date_rule(3, 25)},
    {"st|saint .? josephs|joseph day; feast of st|saint .? joseph", date_rule(3, 19)},
    {"lammas; lughnasadh", date_rule(8, 1)},
    {"transfiguration; feast of the transfiguration", date_rule(8, 6)},
    {"nativity of mary", date_rule(9, 8)},
    {"holy cross day; exaltation of the holy? cross", date_rule(9, 14)},
    {"all hallowtide; samhain", date_rule(10, 31)},
    {"beltane", date_rule(5, 1)},
    {"childermas; feast of the holy innocents; dia de los santos inocentes", date_rule(12, 28)},
    {"st|saint .? peter and paul; feast of saints|st .? peter and paul", date_rule(6, 29)},
    {"epiphany eve", date_rule(1, 5)},
    {"orthodox epiphany; theophany", date_rule(1, 19)},
    {"orthodox christmas eve", date_rule(1, 6)},
    {"orthodox annunciation", date_rule(4, 7)},
    {"advent sunday; first sunday of|in advent; advent", weekday_rule(4, Wd::Thu, 11, 3)},
    {"septuagesima sunday?", easter_rule(-63)},
    {"sexagesima sunday?", easter_rule(-56)},
    {"fat|dirty thursday", easter_rule(-52)},
    {"rosenmontag; collop monday; carnival monday", easter_rule(-48)},
    {"fasching; carnival tuesday", easter_rule(-47)},
    {"laetare sunday", easter_rule(-21)},
    {"easter tuesday", easter_rule(2)},
    {"easter week", easter_rule(0), 7},
    {"rogation sunday", easter_rule(35)},
    {"ascension eve", easter_rule(38)},
    {"whit tuesday; pentecost tuesday", easter_rule(51)},
    {"forgiveness|cheesefare sunday", orthodox_rule(-49)},
    {"orthodox holy? spy? wednesday; orthodox holy wednesday", orthodox_rule(-4)},
    {"radonitsa", orthodox_rule(9)},
    {"orthodox corpus christi", orthodox_rule(60)},
    {"orthodox ascension thursday", orthodox_rule(39)},

    {"fast of gedaliah; tzom gedaliah", hebrew_rule(7, 3), 2},
    {"tenth of tevet; asara btevet; asarah btevet", hebrew_rule(10, 10), 2},
    {"fast of esther; taanit esther; ta'anit esther", hebrew_rule(12, 13), 2},
    {"yom hazikaron; yom ha -? zikaron; israeli memorial day", hebrew_rule(2, 4), 2},
    {"yom yerushalayim; jerusalem day", hebrew_rule(2, 28), 2},
    {"seventeenth of tammuz; shiva asar btammuz; tzom tammuz", hebrew_rule(4, 17), 2},
    {"tu bav; tu b av", hebrew_rule(5, 15), 2},
    {"pesach sheni; second passover", hebrew_rule(2, 14), 2},

    {"tasua; tasu'a", islamic_rule(1, 9)},
    {"arbaeen; arba'een; chehlum", islamic_rule(2, 20)},
    {"shab e qadr; lailat al? -? qadr; lailatul qadr", islamic_rule(9, 27)},
    {"day of arafah|arafat; arafah|arafat day; yawm arafah", islamic_rule(12, 9)},
    {"eid al -? ghadir; eid e ghadir", islamic_rule(12, 18)},
    {"nisf sha'ban; mid - sha'ban", islamic_rule(8, 15)},
    {"tuen ng festival", {.kind = Kind::Chinese, .month = 5, .day = 5}},
    {"ching ming festival?", sun_rule(15)},
    {"chung yeung festival; double nine festival", {.kind = Kind::Chinese, .month = 9, .day = 9}},
    {"chinese valentines|valentine day", {.kind = Kind::Chinese, .month = 7, .day = 7}},

    {"chaitra navratri|navaratri", hindu_rule(1, 1), 9},
    {"vat purnima|savitri", hindu_rule(3, 15)},
    {"ganga dussehra", hindu_rule(3, 10)},
    {"nag panchami", hindu_rule(5, 5)},
    {"hartalika teej", hindu_rule(6, 3)},
    {"rishi panchami", hindu_rule(6, 5, At::Noon)},
    {"anant chaturdashi", hindu_rule(6, 14)},
    {"tulsi vivah", hindu_rule(8, 12)},
    {"kartik ekadashi; dev uthani ekadashi; prabodhini ekadashi", hindu_rule(8, 11)},
    {"hola mohalla; hola", hindu_rule(12, 15, At::Sunset, 1)},
    {"bandi chhor divas; mahavir nirvana; kartik amavasya", hindu_rule(7, 30, At::Sunset)},
    {"mauni amavasya", hindu_rule(10, 30)},
    {"ratha saptami", hindu_rule(11, 7)},
    {"samvatsari", hindu_rule(6, 4)},
    {"ostara", sun_rule(0)},
    {"litha", sun_rule(90)},
    {"mabon", sun_rule(180)},
    {"yule", sun_rule(270)},
});

}  // namespace

std::span<const HolidayInfo> world_holidays() {
  return kWorld;
}

}  // namespace common::words
