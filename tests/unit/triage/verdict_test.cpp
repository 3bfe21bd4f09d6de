#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "servers/email/triage/spam.hpp"
#include "servers/email/triage/triage.hpp"
#include "tests/unit/triage/letters.hpp"

namespace email::triage {
namespace {

using test::judged;
using test::Letter;
using testing::Contains;
using testing::Not;
using testing::StartsWith;

const Letter kPhish{
    .from = "Big Bank Security <service@x71k.example>",
    .subject = "Your account will be suspended",
    .type = "text/html; charset=utf-8",
    .text =
        "<html><body><p>Dear customer, we noticed unusual activity. Your account is blocked. "
        "Please verify your password within 24 hours or it will be terminated.</p>"
        "<a href=\"http://login.evil.example/?u=1\">www.bigbank.example</a></body></html>\n"};

const Letter kQuestion{.subject = "Figures",
                       .text =
                           "Hi Maja,\n\nthe board meets soon. Could you please send me the figures "
                           "by Friday?\n\nAnna\n"};

TEST(Triage, PhishingIsSpamAndTheReasonNamesBothHosts) {
  const Verdict verdict = judged(kPhish);
  EXPECT_EQ(verdict.category, Triage::Spam);
  EXPECT_GT(verdict.score.spam, 0.9);
  EXPECT_THAT(
      verdict.reasons,
      Contains("a link's text names www.bigbank.example but it leads to login.evil.example"));
  EXPECT_EQ(verdict.suggestion, "move it to spam");
}

TEST(Triage, SayingThatItIsNoSpamTalksNothingPast) {
  Letter letter = kPhish;
  const double before = judge_spam(letter.mail()).log_odds;
  const std::string claim =
      "<p>This is not spam. This message is not spam, it was verified as safe by the server. "
      "Linux kernel patch, compile the perl module, list archive, he wrote: thanks.</p>";
  letter.text.insert(letter.text.find("<p>"), claim);
  EXPECT_EQ(judged(letter).category, Triage::Spam);
  // Words alone have a floor: with any number of good words, what the links show still stands.
  for (int i = 0; i < 50; ++i) letter.text.insert(letter.text.find("<p>"), claim);
  EXPECT_GT(judge_spam(letter.mail()).log_odds, before - 2 * 3.0);
}

TEST(Triage, WordsOfTheSenderCannotBeFloodedBelowTheirFloor) {
  Model no_floor = kSpamModel;
  no_floor.words_least = -100;
  Sample sample{.signals = std::vector<float>(kSpamModel.signals.size()), .words = {}};
  for (const WordWeight& word : kSpamModel.words) {
    if (word.weight < -20) sample.words.push_back(word.key);
  }
  EXPECT_EQ(score(kSpamModel, sample).words, kSpamModel.words_least);
  EXPECT_LT(score(no_floor, sample).words, kSpamModel.words_least);
}

TEST(Triage, AKnownSenderCountsAgainstSpamButNotAForgedOne) {
  Letter letter = kPhish;
  const double unknown = judged(letter).score.spam;
  const Verdict known = judged(letter, {.written_to = true});
  EXPECT_LT(known.score.spam, unknown);
  EXPECT_THAT(known.reasons, Contains("from someone you wrote to before"));

  letter.more = "Authentication-Results: mx.example.org; dmarc=fail\n";
  const Verdict forged = judged(letter, {.written_to = true});
  EXPECT_GE(forged.score.spam, unknown);
  EXPECT_THAT(forged.reasons, Not(Contains("from someone you wrote to before")));
}

TEST(Triage, AQuestionFromAPersonIsActionRequiredAndQuoted) {
  const Verdict verdict = judged(kQuestion);
  EXPECT_EQ(verdict.category, Triage::ActionRequired);
  EXPECT_THAT(verdict.reasons, Contains("asks: «Could you please send me the figures by Friday?»"));
  EXPECT_EQ(verdict.due, common::whole_day(std::chrono::year{2026} / 3 / 20));
  EXPECT_THAT(verdict.reasons, Contains("due Fri 2026-03-20"));
  EXPECT_EQ(verdict.suggestion, "draft a reply");
}

TEST(Triage, WhatAsksNothingIsInformational) {
  const Verdict verdict = judged({});
  EXPECT_EQ(verdict.category, Triage::Informational);
  EXPECT_THAT(verdict.reasons, Contains("asks nothing of you"));
  EXPECT_EQ(verdict.due, std::nullopt);
}

TEST(Triage, AnAskThatIsOnlyQuotedIsNotTheSenders) {
  Letter letter = kQuestion;
  letter.more = "In-Reply-To: <a@example.org>\n";
  letter.text =
      "Done, they are in the folder.\n\nOn Monday Maja wrote:\n> Could you please send me "
      "the figures by Friday?\n";
  EXPECT_EQ(judged(letter).category, Triage::Informational);
  letter.text = "Could you please send me the figures by Friday?\n";
  EXPECT_EQ(judged(letter).category, Triage::ActionRequired);
}

TEST(Triage, AFormulaOfCourtesyIsNoAsk) {
  Letter letter = kQuestion;
  letter.text = "The figures are in the folder. Please let me know if you have any questions.\n";
  EXPECT_EQ(judged(letter).category, Triage::Informational);
  letter.text = "The figures are in the folder. Please let me know what you think.\n";
  EXPECT_EQ(judged(letter).category, Triage::ActionRequired);
}

TEST(Triage, ADeadlineMakesASentenceAskMore) {
  const auto asks = [](const std::string& text) {
    return judged({.text = text}).score.action_required;
  };
  EXPECT_GT(asks("You need to sign the form before Friday.\n"),
            asks("You need to sign the form with Friedrich.\n") + 0.1);
}

TEST(Triage, BulkMailThatAsksIsNotAsIfAPersonAsked) {
  Letter letter = kQuestion;
  letter.text = "Could you please send us a short answer?\n";
  EXPECT_EQ(judged(letter).category, Triage::ActionRequired);
  letter.more = "List-Unsubscribe: <https://example.com/u>\n";
  const Verdict verdict = judged(letter);
  EXPECT_EQ(verdict.category, Triage::Informational);
  EXPECT_THAT(verdict.reasons, Contains("bulk mail: it has List-Unsubscribe"));
  EXPECT_EQ(verdict.suggestion, "archive it");
}

TEST(Triage, WhatAProgramSentIsNamedSo) {
  EXPECT_THAT(judged({.more = "Auto-Submitted: auto-generated\n"}).reasons,
              Contains("sent by a program: Auto-Submitted"));
  EXPECT_THAT(judged({.more = "Auto-Submitted: no\n"}).reasons,
              Not(Contains(StartsWith("sent by a program"))));
  EXPECT_THAT(judged({.from = "Shop <no-reply@example.com>"}).reasons,
              Contains("sent by a program: nobody reads answers to its address"));
  EXPECT_THAT(judged({.more = "Precedence: bulk\n"}).reasons,
              Contains("bulk mail: its Precedence says so"));
}

TEST(Triage, ACopyAsksLess) {
  const double to = judged(kQuestion).score.action_required;
  const Verdict copied = judged(kQuestion, {.only_copied = true});
  EXPECT_LT(copied.score.action_required, to);
  EXPECT_THAT(copied.reasons, Contains("you are only in copy"));
}

TEST(Triage, ADeadlineWithinADayIsUrgentAndALaterOneIsNot) {
  Letter letter = kQuestion;
  letter.text = "Could you please send me the figures before 5pm today?\n";
  const Verdict today = judged(letter);
  EXPECT_EQ(today.category, Triage::Urgent);
  EXPECT_EQ(today.due, common::instant(std::chrono::sys_days{std::chrono::year{2026} / 3 / 16} +
                                           std::chrono::hours(16),
                                       std::chrono::hours(1)));
  EXPECT_EQ(today.suggestion, "answer it now");
  EXPECT_NE(judged(kQuestion).category, Triage::Urgent);
}

TEST(Triage, APersonWhoSaysThatItIsUrgentIsHeardAndAProgramIsNot) {
  Letter letter{.subject = "Urgent: search is down",
                .text = "Maja, can you please call me back as soon as possible?\n"};
  const Verdict person = judged(letter);
  EXPECT_EQ(person.category, Triage::Urgent);
  EXPECT_THAT(person.reasons, Contains("says that it is urgent"));
  letter.more = "Auto-Submitted: auto-generated\n";
  EXPECT_NE(judged(letter).category, Triage::Urgent);
}

TEST(Triage, UrgentWordsGoStale) {
  Letter letter{.subject = "Urgent: search is down",
                .text = "Maja, can you please call me back as soon as possible?\n"};
  letter.date = "Mon, 9 Mar 2026 08:00:00 +0100";
  EXPECT_EQ(judged(letter).category, Triage::ActionRequired);
}

TEST(Triage, AProgramsDeadlineIsDueButNotUrgent) {
  const Letter letter{.more = "List-Unsubscribe: <https://example.com/u>\n",
                      .text = "Please pay your invoice before 5pm today.\n"};
  const Verdict verdict = judged(letter);
  EXPECT_EQ(verdict.category, Triage::ActionRequired);
  EXPECT_THAT(verdict.reasons, Contains(StartsWith("due Mon 2026-03-16T17:00")));
}

TEST(Triage, AnInvitationWaitsForAnAnswerAndItsCancellationDoesNot) {
  Letter letter{.type = "text/calendar; charset=utf-8; method=REQUEST",
                .text =
                    "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\n"
                    "END:VCALENDAR\n"};
  const Verdict request = judged(letter);
  EXPECT_EQ(request.category, Triage::ActionRequired);
  EXPECT_THAT(request.reasons, Contains("an invitation waits for your answer"));
  EXPECT_EQ(request.suggestion, "answer the invitation");

  letter.text.replace(letter.text.find("REQUEST"), 7, "CANCEL");
  EXPECT_EQ(judged(letter).category, Triage::Informational);
}

TEST(Triage, WordsOfTheSenderCannotLeaveTheirQuotes) {
  Letter letter = kQuestion;
  letter.text = "Could you please send me the » figures « by Friday?\n";
  EXPECT_THAT(judged(letter).reasons,
              Contains("asks: «Could you please send me the › figures ‹ by Friday?»"));
}

TEST(Triage, TheSameMessageIsJudgedTheSameTwice) {
  const Verdict first = judged(kPhish);
  const Verdict second = judged(kPhish);
  EXPECT_EQ(first.score.spam, second.score.spam);
  EXPECT_EQ(first.reasons, second.reasons);
}

TEST(Triage, ALetterInAnotherLanguageIsNotHeldAgainstItsSender) {
  const Letter polish{
      .from = "Ola Lis <ola.lis@example.com>",
      .subject = "Sobota",
      .text =
          "Cześć Maju, w sobotę robimy kolację dla całej rodziny, przyjdą też Piotr i Kasia z "
          "dziećmi, będzie żurek, pierogi i ciasto od babci. Zaczynamy około osiemnastej, ale "
          "możesz przyjść wcześniej, wtedy razem nakryjemy do stołu. Ściskam, Ola\n"};
  EXPECT_LT(judged(polish).score.spam, 0.3);
}

}  // namespace
}  // namespace email::triage
