#include "servers/email/triage/signals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/triage/letters.hpp"

namespace email::triage {
namespace {

using test::Letter;
using testing::Contains;
using testing::Not;

std::vector<std::string> signals_in(const Letter& letter) {
  const Signals found = signals_of(letter.mail());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kSignalCount; ++i) {
    if (found[i] > 0) names.emplace_back(signal_rows()[i].name);
  }
  return names;
}

Letter page(const std::string& html) {
  return {.type = "text/html; charset=utf-8", .text = "<html><body>" + html + "</body></html>\n"};
}

/// A message that shows a signal, and the same one changed so little that it does not.
struct Case {
  std::string signal;
  Letter with;
  Letter without;
};

class EachSignal : public testing::TestWithParam<Case> {};

TEST_P(EachSignal, IsSeenWhereItIsAndNotWhereItIsNot) {
  EXPECT_THAT(signals_in(GetParam().with), Contains(GetParam().signal));
  EXPECT_THAT(signals_in(GetParam().without), Not(Contains(GetParam().signal)));
}

const std::vector<Case> kOfHeaders = {
    {"is_reply", {.more = "In-Reply-To: <a@example.org>\n"}, {}},
    {"claims_reply",
     {.subject = "Re: Lunch"},
     {.subject = "Re: Lunch", .more = "In-Reply-To: <a@example.org>\n"}},
    {"list_post", {.more = "List-Id: Bees <bees.example.org>\n"}, {}},
    {"list_unsubscribe", {.more = "List-Unsubscribe: <https://example.com/u>\n"}, {}},
    {"bulk", {.more = "Precedence: bulk\n"}, {.more = "Precedence: first-class\n"}},
    {"subject_tag", {.subject = "[bees] Lunch"}, {.subject = "Lunch next week [1]"}},
    {"name_missing", {.from = "anna.nowak@example.com"}, {}},
    {"name_is_other_address",
     {.from = "\"help@bank.example\" <x@evil.example>"},
     {.from = "\"help@bank.example\" <help@bank.example>"}},
    {"name_unrelated",
     {.from = "Big Bank <x@evil.example>"},
     {.from = "Big Bank <x@bigbank.example>"}},
    {"name_unrelated",
     {.from = "Royal Mail Group <x@evil.example>"},
     {.from = "Royal Mail Group <x@rmg.example>"}},
    {"name_capitals", {.from = "ANNA NOWAK <anna@example.com>"}, {}},
    {"sender_digits", {.from = "Anna <anna1984@example.com>"}, {}},
    {"sender_random", {.from = "Anna <xkrwtpz@example.com>"}, {}},
    {"sender_host_odd", {.from = "Anna <anna@mail-77120045.example>"}, {}},
    {"sender_ending", {.from = "Anna <anna@example.click>"}, {}},
    {"reply_elsewhere",
     {.more = "Reply-To: anna@other.example\n"},
     {.more = "Reply-To: me@mail.example.com\n"}},
    {"bounce_elsewhere",
     {.more = "Return-Path: <b@other.example>\n"},
     {.more = "Return-Path: <b@example.com>\n"}},
    {"recipients_many", {.to = "a@example.org, b@example.org"}, {}},
    {"recipient_missing", {.to = "undisclosed-recipients:;"}, {}},
    {"to_sender", {.to = "anna.nowak@example.com"}, {}},
    {"id_fits", {}, {.from = "Anna Nowak <anna.nowak@other.example>"}},
    {"bounce_fits",
     {.more = "Return-Path: <b@mail.example.com>\n"},
     {.more = "Return-Path: <b@other.example>\n"}},
    {"vouched",
     {.more = "Received: from a.example.com (a.example.com [192.0.2.1]) by mx.example.org; x\n"},
     {.more = "Received: from a.example.com (unknown [192.0.2.1]) by mx.example.org; x\n"}},
    {"vouched",
     {.more = "Received: from a.example.com (HELO b.example) (192.0.2.1) by mx.example.org; x\n"},
     {.more = "Received: from unknown (HELO a.example.com) (192.0.2.1) by mx.example.org; x\n"}},
    {"vouched", {.more = "DKIM-Signature: v=1; d=example.com; b=x\n"}, {}},
    {"route_forged",
     {.more = "Received: from example.com ([192.0.2.1]) by mx.example.org; x\n"},
     {.more = "Received: from example.com ([127.0.0.1]) by mx.example.org; x\n"}},
    {"route_numbered",
     {.more = "Received: from 192.0.2.9 (unknown [192.0.2.1]) by mx.example.org; x\n"},
     {.more = "Received: from a.example (unknown [192.0.2.1]) by mx.example.org; x\n"}},
    {"date_far",
     {.more = "Received: by mx.example.org; Wed, 18 Mar 2026 08:00:00 +0000\n"},
     {.more = "Received: by mx.example.org; Wed, 18 Mar 2026 08:00:00 +0000\n"
              "Received: by a.example; 16 Mar 2026 03:00:00 -0500 (EST)\n"}},
    {"date_far",
     {.more = "Received: by mx.example.org; Wed, 18 Mar 2026 08:00:00 +0000\n"},
     {.more = "Received: by mx.example.org; Wed, 18 Xxx 2026 08:00:00 +0000\n"}},
    {"sender_role", {.from = "Bees <newsletter@example.com>"}, {}},
    {"priority_high", {.more = "Importance: high\n"}, {.more = "Importance: normal\n"}},
    {"auth_failed",
     {.more = "Authentication-Results: mx.example.org; dmarc=fail\n"},
     {.more = "Authentication-Results: mx.example.org; dmarc=none\n"}},
    {"auth_passed", {.more = "Authentication-Results: mx.example.org; dmarc=pass\n"}, {}},
    {"signed",
     {.more = "DKIM-Signature: v=1; d=example.com; b=x\n"},
     {.more = "DKIM-Signature: v=1; d=sender.example; b=x\n"}},
    {"subject_capitals", {.subject = "READ THIS NOW"}, {.subject = "Read this NOW"}},
    {"subject_exclaims", {.subject = "Lunch!"}, {}},
    {"subject_money", {.subject = "Lunch for $5"}, {.subject = "Lunch for 5"}},
    {"subject_gap", {.subject = "Lunch        xq17"}, {.subject = "Lunch\n        xq17"}},
    {"subject_names_reader", {.subject = "maja, lunch"}, {.subject = "Maria, lunch"}},
    {"subject_coded_needlessly",
     {.subject = "=?utf-8?B?THVuY2g=?="},
     {.subject = "=?utf-8?B?xbt1cmVr?="}},
    {"subject_raw", {.subject = "\xc5\xbburek"}, {.subject = "=?utf-8?B?xbt1cmVr?="}},
    {"subject_symbols", {.subject = "=?utf-8?B?8J+OgQ==?="}, {.subject = "=?utf-8?B?xbt1cmVr?="}},
};
INSTANTIATE_TEST_SUITE_P(OfHeaders, EachSignal, testing::ValuesIn(kOfHeaders));

const std::vector<Case> kOfText = {
    {"quotes", {.text = "> Lunch?\nYes.\n"}, {.text = "Lunch > dinner.\n"}},
    {"signature", {.text = "Yes.\n\n-- \nAnna\n"}, {.text = "Yes --\nAnna\n"}},
    {"html_only", page("Lunch"), {}},
    {"hidden_text", page("Lunch <span style=\"display:none\">lottery</span>"), page("Lunch")},
    {"invisible_marks", {.text = "lot\u200bte\u200bry\n"}, {}},
    {"mixed_script",
     {.text = "P\u0430yp\u0430l\n"},
     {.text = "\u041f\u0440\u0438\u0432\u0435\u0442 Anna\n"}},
    {"capitals",
     {.text = std::string(60, 'A') + " lunch\n"},
     {.text = std::string(60, 'a') + "\n"}},
    {"exclaims", {.text = "Lunch!\n"}, {}},
    {"money", {.text = "It costs 5 \u20ac.\n"}, {.text = "It costs 5.\n"}},
    {"names_address", {.text = "Dear maja@example.org,\n"}, {.text = "Dear Maja,\n"}},
    {"garbled",
     {.text = "\u00ca\u00d3\u00cb\u00c3\u00d1 5\n"},
     {.text = "na\u00efve \u0141\u00f3d\u017a\n"}},
    {"both_versions",
     {.type = "multipart/alternative; boundary=b",
      .text = "--b\n\nLunch\n--b\nContent-Type: text/html\n\n<p>Lunch</p>\n--b--\n"},
     {}},
    {"imprint", {.text = "Lunch.\nAll rights reserved.\n"}, {}},
    {"link_by_mail", page("<a href='mailto:x@other.example?subject=yes'>Yes</a>"),
     page("<a href='mailto:x@example.com?subject=yes'>Yes</a>")},
    {"threat", {.text = "Your account was suspended.\n"}, {.text = "The bridge is impressive.\n"}},
    {"credential", {.text = "Verify it.\n"}, {.text = "It is overify.\n"}},
    {"gain", {.text = "Congratulations, winner\n"}, {}},
    {"opt_out", {.text = "To unsubscribe, answer.\n"}, {}},
    {"link_elsewhere",
     {.text = "https://other.example/\n"},
     {.text = "https://www.example.com/\n"}},
    {"link_mismatch", page("<a href='http://evil.example/'>www.bank.example</a>"),
     page("<a href='http://bank.example/'>www.bank.example</a>")},
    {"link_number", {.text = "http://203.0.113.7/a\n"}, {.text = "http://seven.example/a\n"}},
    {"link_shared", {.text = "https://bit.ly/a\n"}, {.text = "https://rabbit.ly/a\n"}},
    {"link_user",
     {.text = "http://bank.example@evil.example/\n"},
     {.text = "http://evil.example/@bank.example\n"}},
    {"link_port", {.text = "http://example.com:8080/\n"}, {.text = "http://example.com/a:8080\n"}},
    {"link_odd",
     {.text = "http://my-bank-log-in.example/\n"},
     {.text = "http://my-bank.example/\n"}},
    {"link_coded",
     {.text = "http://example.com/%61%62%63\n"},
     {.text = "http://example.com/?q=%61%62%63\n"}},
    {"link_names_reader",
     {.text = "https://other.example/#maja@example.org\n"},
     {.text = "https://other.example/unsubscribe?maja@example.org\n"}},
    {"link_names_reader",
     {.text = "https://other.example/#maja@example.org\n"},
     {.text = "https://www.example.com/#maja@example.org\n"}},
    {"wallet_address",
     {.text = "Send it to bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh.\n"},
     {.text = "Send it to PL61109010140000071219812874.\n"}},
    {"page_elsewhere", page("<a href='http://other.example/'>Here</a>"),
     page("<a href='http://example.com/'>Here</a>")},
    {"lure",
     {.text = "Verify your account: https://other.example/\n"},
     {.text = "Verify your account: https://example.com/\n"}},
    {"picture_only", page("<a href='http://other.example/'><img src='x.png'></a>"),
     page("<a href='http://other.example/'>A picture of the place where we had lunch on "
          "Sunday</a>")},
    {"consistent",
     {.text = "See https://example.com/\n"},
     {.text = "See https://other.example/\n"}},
};
INSTANTIATE_TEST_SUITE_P(OfText, EachSignal, testing::ValuesIn(kOfText));

TEST(Signals, APageInTheNameOfSomebodyElseIsAForeignName) {
  Letter letter =
      page("<a href='http://other.example/'>Look at what we have for you this week</a>");
  letter.from = "Big Bank <x@evil.example>";
  EXPECT_THAT(signals_in(letter), Contains("foreign_name"));
  letter.from = "Big Bank <x@bigbank.example>";
  EXPECT_THAT(signals_in(letter), Not(Contains("foreign_name")));
}

TEST(Signals, TheNameOfSomebodyWithATailIsBorrowed) {
  Letter letter = page("Look");
  letter.from = "Parcels <info@parcels-pay.example>";
  EXPECT_THAT(signals_in(letter), Contains("borrowed_name"));
  letter.from = "Parcels <info@parcels.example>";
  EXPECT_THAT(signals_in(letter), Not(Contains("borrowed_name")));
}

TEST(Signals, APageFullOfLinksIsToldFromOneWithAFew) {
  std::string links;
  for (int i = 0; i < 10; ++i) links += "https://example.com/" + std::to_string(i) + "\n";
  EXPECT_THAT(signals_in({.text = links}), Not(Contains("links_many")));
  EXPECT_THAT(signals_in({.text = links + links}), Contains("links_many"));
}

TEST(Signals, AnAddressForEachCopyIsNotMadeUp) {
  EXPECT_THAT(signals_in({.from = "Bees <xkrwtpz.20551@example.com>"}), Contains("sender_random"));
  EXPECT_THAT(signals_in({.from = "Bees <bees-20551-xkrwtpz.4471-maja=example.org@example.com>"}),
              Not(Contains("sender_random")));
}

TEST(Signals, AttachedPagesAndProgramsAreSeenByTheirNames) {
  Letter letter{.more = "Content-Disposition: attachment; filename=\"invoice.HTM\"\n",
                .type = "application/octet-stream"};
  EXPECT_THAT(signals_in(letter), Contains("page_attached"));
  letter.more = "Content-Disposition: attachment; filename=\"invoice.exe\"\n";
  EXPECT_THAT(signals_in(letter), Contains("program_attached"));
  letter.more = "Content-Disposition: attachment; filename=\"invoice.pdf\"\n";
  EXPECT_THAT(signals_in(letter), Not(Contains("page_attached")));
}

TEST(Signals, AMessageWithoutAnythingIsNoError) {
  EXPECT_THAT(signals_in({.from = "", .to = "", .subject = "", .text = ""}), Not(Contains("gain")));
  signals_of({});
}

}  // namespace
}  // namespace email::triage
