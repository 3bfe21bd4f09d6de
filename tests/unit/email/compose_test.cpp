#include "servers/email/mime/compose.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace email {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Outgoing sample() {
  return {.from = Mail::Address{"Łucja", "lucja@example.com"},
          .to = {{"Jörg, Müller", "j@example.org"}},
          .subject = "Zażółć gęślą jaźń",
          .text = "Cześć,\nFrom here on.\n> ok \n",
          .message_id = "a@b",
          .in_reply_to = "c@d",
          .references = {"e@f", "c@d"},
          .date = common::instant(std::chrono::sys_seconds(std::chrono::seconds(1'773'648'000)),
                                  std::chrono::hours(1)),
          .attachments = {{"Łódź.pdf", "application/pdf", std::string("\0\1\2", 3)}}};
}

TEST(WriteMail, IsReadBackAsItWasMeant) {
  const std::string bytes = write_mail(sample());
  const Mail mail = read_mail(bytes);
  EXPECT_THAT(mail.from, ElementsAre(Mail::Address{"Łucja", "lucja@example.com"}));
  EXPECT_THAT(mail.to, ElementsAre(Mail::Address{"Jörg, Müller", "j@example.org"}));
  EXPECT_EQ(mail.subject, sample().subject);
  EXPECT_EQ(mail.text, sample().text);
  EXPECT_EQ(mail.message_id, "a@b");
  EXPECT_THAT(mail.in_reply_to, ElementsAre("c@d"));
  EXPECT_THAT(mail.references, ElementsAre("e@f", "c@d"));
  EXPECT_EQ(mail.date, sample().date);
  EXPECT_THAT(mail.attachments, ElementsAre(Mail::Attachment{"Łódź.pdf", "application/pdf", 3}));
  EXPECT_EQ(read_attachment(bytes, 0, 10), std::string("\0\1\2", 3));
  for (const char c : bytes) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
}

TEST(WriteMail, CarriesAnICalendarReply) {
  Outgoing out = sample();
  out.calendar = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n";
  out.calendar_method = "REPLY";
  const std::string bytes = write_mail(out);
  EXPECT_THAT(bytes, HasSubstr("method=REPLY"));
  EXPECT_EQ(read_mail(bytes).calendar, "BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n");
}

TEST(WriteMail, LetsNothingBecomeAHeader) {
  for (const char* const attack :
       {"x\r\nBcc: evil@example.com", "x\nBcc: evil@example.com", "x\rBcc: evil@example.com"}) {
    Outgoing out = sample();
    out.subject = attack;
    out.to[0].name = attack;
    out.attachments[0].name = attack;
    out.in_reply_to = attack;
    const Mail mail = read_mail(write_mail(out));
    EXPECT_THAT(mail.bcc, IsEmpty());
    EXPECT_EQ(mail.header("Bcc"), "");
    EXPECT_EQ(mail.to.size(), 1U);
    EXPECT_EQ(mail.subject, "x Bcc: evil@example.com");
  }
  Outgoing control = sample();
  control.bcc = {{"", "evil@example.com"}};
  EXPECT_EQ(read_mail(write_mail(control)).bcc.size(), 1U);
}

TEST(ParseAddress, TakesOneThatMailCanReach) {
  EXPECT_EQ(parse_address("anna@example.com"), (Mail::Address{"", "anna@example.com"}));
  EXPECT_EQ(parse_address(" Anna Nowak <anna@example.com> "),
            (Mail::Address{"Anna Nowak", "anna@example.com"}));
  EXPECT_EQ(parse_address("Łucja <l@example.com>"), (Mail::Address{"Łucja", "l@example.com"}));
  for (const char* const text :
       {"", "anna", "anna@", "@example.com", "a@b@c", "anna@example.com, bo@example.com",
        "a b@example.com", "anna@exa mple.com", "x\r\nBcc: evil@example.com",
        "group: a@example.com;", "anna@.com", "a..b@example.com", "Anna <anna@example.com\r\n>",
        "\xff@example.com"})
    EXPECT_EQ(parse_address(text), std::nullopt) << text;
}

}  // namespace
}  // namespace email
