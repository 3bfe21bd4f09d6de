#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "servers/common/icalendar/zones.hpp"
#include "servers/email/triage/asks.hpp"
#include "servers/email/triage/deadline.hpp"
#include "servers/email/triage/hosts.hpp"
#include "servers/email/triage/sentences.hpp"
#include "servers/email/triage/words.hpp"

namespace email::triage {
namespace {

using testing::ElementsAre;

TEST(Words, AreLowerCaseShortAndWithoutAddresses) {
  EXPECT_THAT(words("Win $500 at http://a.example/x, ask ann@b.example! Un\u200bsub\u00adscribe "
                    "Donaudampfschifffahrt don't 1234567",
                    100),
              ElementsAre("win", "$", "000", "at", "link", "ask", "address", "unsubscribe",
                          "donaudampfsc", "don't", "0000"));
}

TEST(Words, StopAtTheirLimit) {
  EXPECT_THAT(words("a b c d", 2), ElementsAre("a", "b"));
}

TEST(Words, EnglishIsToldFromOtherLanguagesOnceThereAreEnough) {
  const std::string english =
      "I have read the report that you sent and it is good, but can we talk about the part on "
      "prices before it goes to the board for the final word next week?";
  const std::string german =
      "Ich habe den Bericht gelesen, den du geschickt hast, und er ist gut, aber wir sollten noch "
      "einmal kurz sprechen, bevor er nächste Woche in die Sitzung geht, oder was meinst du dazu?";
  EXPECT_TRUE(may_be_english(words(english, 200)));
  EXPECT_FALSE(may_be_english(words(german, 200)));
  EXPECT_TRUE(may_be_english(words("Guten Tag", 200)));
}

TEST(Sentences, LeaveOutQuotesSignatureAndWhatOthersWrote) {
  EXPECT_EQ(new_text("Yes.\n> Lunch?\nNo.\n-- \nAnna\n"), "Yes.\nNo.\n");
  EXPECT_EQ(new_text("Yes.\nOn Monday Anna wrote:\nLunch?\n"), "Yes.\n");
  EXPECT_EQ(new_text("FYI\n-----Original Message-----\nLunch?\n"), "FYI\n");
}

TEST(Sentences, EndWhereTheWriterEndsThem) {
  EXPECT_THAT(sentences("Hi Maja,\nMr. Lis called, e.g. about the money he wants to have back by\n"
                        "Friday. Can you answer? Thanks!\n- One\n- Two\n",
                        100),
              ElementsAre("Hi Maja,",
                          "Mr. Lis called, e.g. about the money he wants to have back by Friday.",
                          "Can you answer?", "Thanks!", "- One", "- Two"));
  EXPECT_EQ(sentences("One. Two. Three.", 2).size(), 2U);
}

TEST(Hosts, AreToldByWhoOwnsThem) {
  EXPECT_EQ(owner_of("mail.shop.co.uk"), "shop.co.uk");
  EXPECT_EQ(owner_of("www.example.com"), "example.com");
  EXPECT_EQ(owner_of("203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(owner_of_address("Ann@Mail.Example.COM"), "example.com");
  EXPECT_EQ(owner_of_address("nobody"), "");
  EXPECT_EQ(read_web_address("HTTPS://A@B.Example:8/c")->host, "b.example");
  EXPECT_EQ(read_web_address("mailto:a@b.example"), std::nullopt);
}

TEST(Asks, RequestsAndQuestionsAskAndNewsDoesNot) {
  for (const char* const asks :
       {"Could you please send me the report?", "Please call me tomorrow.",
        "Can we meet on Thursday to discuss the contract?", "Let me know if this works for you."}) {
    EXPECT_GE(asks_probability(asks), 0.5) << asks;
  }
  for (const char* const tells :
       {"The meeting was moved to the large room.", "I have attached the slides.",
        "We went to the lake on Sunday and it rained.", "Click here to unsubscribe."}) {
    EXPECT_LT(asks_probability(tells), 0.5) << tells;
  }
}

std::string due_in(std::string_view sentence) {
  const auto monday = std::chrono::sys_days{std::chrono::year{2026} / 3 / 16};
  const std::optional<common::Time> due =
      deadline_of(sentence, monday + std::chrono::hours(8), *common::Zone::find("Europe/Warsaw"));
  return due ? common::to_string(*due) : "none";
}

TEST(Deadline, IsWhatASentenceNamesAsALimit) {
  EXPECT_EQ(due_in("Send it by Friday, please."), "2026-03-20");
  EXPECT_EQ(due_in("We need it before 17:00 today."), "2026-03-16T17:00:00+01:00");
  EXPECT_EQ(due_in("The deadline is 1 April."), "2026-04-01");
  EXPECT_EQ(due_in("Let us meet on Friday."), "none");
  EXPECT_EQ(due_in("The book by Anna is good."), "none");
}

}  // namespace
}  // namespace email::triage
