#include <array>

#include "schemas/common/when_holidays.hpp"

/// Holidays that follow the moon, by the months and days of their own calendars.
namespace common::words {
namespace {

using Kind = HolidayRule::Kind;
using At = HolidayRule::At;

constexpr HolidayRule hebrew(int month, int day) {
  return {.kind = Kind::Hebrew, .month = month, .day = day};
}
constexpr HolidayRule islamic(int month, int day) {
  return {.kind = Kind::Islamic, .month = month, .day = day};
}
constexpr HolidayRule chinese(int month, int day) {
  return {.kind = Kind::Chinese, .month = month, .day = day};
}
constexpr HolidayRule hindu(int month, int tithi, At at = At::Sunrise, int days_on = 0) {
  return {.kind = Kind::Hindu, .month = month, .day = tithi, .nth = days_on, .at = at};
}
constexpr HolidayRule sun(int degrees, int days_on = 0) {
  return {.kind = Kind::SunLongitude, .day = degrees, .nth = days_on};
}
constexpr HolidayRule sign(int sign_number, int days_on = 0) {
  return {.kind = Kind::SunSidereal, .month = sign_number, .nth = days_on};
}
constexpr HolidayRule gregorian(int month, int day) {
  return {.kind = Kind::Fixed, .month = month, .day = day};
}

constexpr auto kLunar = std::to_array<HolidayInfo>({
    // A Jewish day begins on the evening before; these count from it.
    {"rosh hashanah|hashana|hashanna; rosh ha -? shanah|shana; jewish new year", hebrew(7, 1), 3},
    {"yom kippur; day of atonement", hebrew(7, 10), 2},
    {"sukkot|sukkos|succot|succos; feast of tabernacles|booths|ingathering", hebrew(7, 15), 8},
    {"hoshana|hoshanah rabbah", hebrew(7, 21), 2},
    {"shemini|shmini atzeret|atzeres", hebrew(7, 22), 2},
    {"simchat|simhat|simchas torah", hebrew(7, 23), 2},
    {"hanukkah|chanukah|hanukah|hannukkah|hannukah|chanukkah; festival of lights", hebrew(9, 25),
     9},
    {"tu bishvat|bshvat|bshevat|bishevat; tu b shvat; new year of the trees", hebrew(11, 15), 2},
    {"purim", hebrew(12, 14), 2},
    {"shushan purim", hebrew(12, 15), 2},
    {"passover|pesach|pesah", hebrew(1, 15), 9},
    {"yom hashoah|hashoa; yom ha -? shoah; holocaust remembrance? day", hebrew(1, 27), 2},
    {"yom haatzmaut|hatzmaut; yom ha -? atzmaut; israeli? independence day", hebrew(2, 5), 2},
    {"lag bomer|baomer; lag b omer", hebrew(2, 18), 2},
    {"shavuot|shavuos|shovuos; feast of weeks", hebrew(3, 6), 3},
    {"tisha bav|beav; tisha b av; ninth of av; tish b'av", hebrew(5, 9), 2},

    {"islamic|hijri|muslim new year; muharram", islamic(1, 1)},
    {"ashura; day of ashura|remembrance; yom ashura", islamic(1, 10)},
    {"mawlid; mawlid al - nabi; mawlid al nabi; prophets|prophet birthday; mawlid an? nabawi;"
     " eid milad un nabi; milad un nabi",
     islamic(3, 12)},
    {"isra and|& miraj; isra and mi raj; the? night journey; the? prophets|prophet ascension;"
     " ascension of the prophet",
     islamic(7, 27)},
    {"laylat al? -? bara'at|baraat; shab e barat", islamic(8, 15)},
    {"ramadan|ramzan|ramadhan; month of ramadan", islamic(9, 1), 30},
    {"laylat al? -? kadr|qadr; laylat ul? -? qadr; night of power|destiny|decree|measures|value",
     islamic(9, 27)},
    {"eid|id al|ul - fitr; eid|id al|ul fitr; eid; feast of breaking the? fast; lesser eid;"
     " end of ramadan; hari raya puasa|aidilfitri?",
     islamic(10, 1)},
    {"eid|id al|ul - adha; eid|id al|ul adha; bakr - id; bakr|bakra id|eid; bakrid;"
     " sacrifice feast; feast of the? sacrifice; greater eid; id ul? zuha",
     islamic(12, 10)},
    {"jumuatul - wida; jamat ul - vida; jumu atul wida; last friday of ramadan;"
     " al - jumuah al - yateemah",
     {.kind = Kind::Islamic, .month = 10, .day = 1, .nth = -1, .weekday = Weekday::Fri}},

    {"chinese new year day?; lunar new year day?; spring festival; cny; tet; seollal",
     chinese(1, 1)},
    {"chinese new years|year eve; lunar new year eve",
     {.kind = Kind::Chinese, .month = 1, .day = 1, .nth = -1}},
    {"lantern festival; yuanxiao", chinese(1, 15)},
    {"dragon boat festival; duanwu", chinese(5, 5)},
    {"qixi; qixi festival; double seventh festival", chinese(7, 7)},
    {"ghost festival; zhongyuan; hungry ghost festival", chinese(7, 15)},
    {"mid - autumn festival; mid autumn festival; moon festival; mooncake festival; chuseok",
     chinese(8, 15)},
    {"double ninth festival; chongyang", chinese(9, 9)},
    {"qingming festival?; tomb - sweeping day; tomb sweeping day", sun(15)},

    {"maha? shivaratri|shivratri; maha - shivaratri", hindu(11, 29, At::Night)},
    {"vasant panchami; basant panchami; saraswati puja|jayanti", hindu(11, 5, At::Sunrise)},
    {"guru ravidas|ravidass jayanti|birthday; ravidas jayanti", hindu(11, 15)},
    {"holika dahan; kamudu pyre; chhoti|choti holi", hindu(12, 15, At::Sunset)},
    {"holi; dhulandi|dhuleti|dhulivandan; phagwah; festival of colours|colors;"
     " yaosang|doljatra|dol jatra?",
     hindu(12, 15, At::Sunset, 1)},
    {"ugadi|yugadi; chaitra sukhladi|sukladi; gudi padwa; cheti chand; samvatsaradi", hindu(1, 1)},
    {"rama|ram navami|navmi; sri? rama navami", hindu(1, 9, At::Noon)},
    {"mahavir|mahaveer|mahavira jayanti; mahavir|mahaveer janma kalyanak", hindu(1, 13)},
    {"hanuman jayanti", hindu(1, 15)},
    {"akshaya tritiya; akha teej", hindu(2, 3)},
    {"buddha purnima|day|jayanti; vesak day?; wesak; buddhas birthday; vaishakha purnima",
     hindu(2, 15)},
    {"rath|ratha - yatra; rath|ratha yatra; rathayatra; ratha jatra; chariot festival",
     hindu(4, 2)},
    {"guru purnima; vyasa purnima", hindu(4, 15)},
    {"raksha bandhan|bandan; rakhi; rakhi|rakhri purnima|day", hindu(5, 15, At::Sunrise)},
    {"krishna? janmashtami; janmashtami|gokulashtami; krishna jayanti", hindu(5, 23, At::Night)},
    {"ganesh|ganesha chaturthi; vinayaka|vinayak chaturthi|chavithi", hindu(6, 4, At::Noon)},
    {"navaratri|navratri|navarathri; durga puja; sharad navratri", hindu(7, 1), 9},
    {"maha saptami", hindu(7, 7)},
    {"maha ashtami; durga ashtami; ashtami", hindu(7, 8)},
    {"maha navami", hindu(7, 9)},
    {"dussehra|dasara|dashain|dasain|vijayadashami|vijayadasami|dusshera",
     hindu(7, 10, At::Afternoon)},
    {"sharad purnima; kojagiri|kojagara purnima?", hindu(7, 15, At::Night)},
    {"pargat diwas; maharishi? valmiki jayanti", hindu(7, 15)},
    {"karva|karwa chauth|chouth", hindu(7, 19, At::Night)},
    {"dhanteras; dhan teras; dhantrayodashi; dhanatrayodashi", hindu(7, 28, At::Sunset)},
    {"naraka -? chaturdashi; narak chaturdashi; choti|chhoti|small diwali|deepavali;"
     " kali chaudas; roop chaudas",
     hindu(7, 30, At::Sunset, -1)},
    {"diwali|deepavali|deepawali|divali; lakshmi puja; kali puja", hindu(7, 30, At::Sunset)},
    {"govardhan|gowardhan puja; annakut; goverdhan puja", hindu(8, 1)},
    {"bhai dooj|beej|phota|tika; bhaiya dooj; bhau beej; yama dwitiya", hindu(8, 2, At::Noon)},
    {"chhath puja?; chhatha; chhath parv; dala|surya puja? chhath; surya shashti", hindu(8, 6)},
    {"guru nanak jayanti|gurpurab|birthday; gurpurab; guru nanaks|nanak birthday;"
     " kartik purnima",
     hindu(8, 15)},
    {"guru gobind singh jayanti|birthday|gurpurab; guru govind singh jayanti", hindu(10, 7)},
    {"pongal; thai pongal; makar|makara sankranti|sankranthi; uttarayan|uttarayana; maghi;"
     " pongala; surya pongal; perum pongal",
     sign(10)},
    {"bhogi; bogi pandigai; boghi; lohri; bogi", sign(10, -1)},
    {"mattu pongal; maattu pongal", sign(10, 1)},
    {"kaanum|kanum pongal", sign(10, 2)},
    {"vaisakhi|baisakhi|vaishakhi|vasakhi; mesha sankranti; vishu; puthandu; bohag bihu; bihu;"
     " tamil new year; pohela boishakh",
     sign(1)},
    {"rabindra|rabindranath|tagore jayanti; rabindranath tagore jayanti", sign(1, 25)},
    {"parsi new year; jamshedi navroz", gregorian(8, 16)},
    {"nowruz|norouz|navroz; persian new year", sun(0)},
    {"winter solstice; dongzhi", sun(270)},
    {"summer solstice", sun(90)},
    {"vernal|spring|march equinox", sun(0)},
    {"autumnal|autumn|september|fall equinox", sun(180)},
    {"gandhi jayanti", gregorian(10, 2)},
    {"republic day", gregorian(1, 26)},
});

}  // namespace

std::span<const HolidayInfo> lunar_holidays() {
  return kLunar;
}

}  // namespace common::words
