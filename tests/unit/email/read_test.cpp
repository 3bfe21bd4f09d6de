#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/email/world.hpp"

namespace email {
namespace {

using test::Client;
using test::Letter;
using test::MailWorld;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "łine " + std::to_string(i) + "\n";
  return text;
}

TEST(GetMessages, ShowsOneMessageAsAsked) {
  const MailWorld world;
  world.deliver("cur/100000001.a:2,S", Letter{.more = "Content-Type: text/plain; charset=utf-8\n",
                                              .text = "Yes.\n> old\n> words\n"}
                                           .bytes());
  Client client(world);
  const std::string id = client.id("");
  const Message folded = client.get({.ids = {id}}).messages.front();
  EXPECT_EQ(folded.text, "Yes.\n[2 quoted lines]\n");
  EXPECT_EQ(folded.headers, "");
  EXPECT_EQ(folded.total_chars, std::nullopt);
  EXPECT_EQ(client.get({.ids = {id}, .view = GetMessagesView::Unfolded}).messages.front().text,
            "Yes.\n> old\n> words\n");
  const Message headers =
      client.get({.ids = {id}, .view = GetMessagesView::Headers}).messages.front();
  EXPECT_THAT(headers.headers, HasSubstr("Subject: Hello\nDate: "));
  EXPECT_EQ(headers.text, "");
}

TEST(GetMessages, GivesLongTextsInPartsThatFitTogether) {
  const MailWorld world;
  const std::string text = lines(500);
  world.deliver("cur/100000001.a:2,S",
                Letter{.more = "Content-Type: text/plain; charset=utf-8\n", .text = text}.bytes());
  Client client(world);
  const std::string id = client.id("");
  std::string all;
  std::int64_t offset = 0;
  for (int parts = 0; parts < 50; ++parts) {
    const Message part =
        client.get({.ids = {id}, .max_chars = 200, .offset = offset}).messages.front();
    all += part.text;
    EXPECT_EQ(part.total_chars, 4390);
    if (!part.next_offset) break;
    EXPECT_EQ(*part.next_offset, offset + 200);
    offset = *part.next_offset;
  }
  EXPECT_EQ(all, text);
}

TEST(GetMessages, NamesWhatIsMissingAndWhatDidNotFit) {
  const MailWorld world;
  for (const char* const name : {"cur/100000001.a:2,", "cur/100000002.b:2,", "cur/100000003.c:2,"})
    world.deliver(name, Letter{.text = std::string(50'000, 'x') + "\n"}.bytes());
  Client client(world);
  const GetMessagesResult result =
      client.get({.ids = {"m1", "m9", "m2", "d1", "m3"}, .max_chars = 30'000});
  EXPECT_THAT(result.messages, SizeIs(2));
  EXPECT_THAT(result.missing, ElementsAre("m9", "d1"));
  EXPECT_THAT(result.not_shown, ElementsAre("m3"));
}

TEST(GetMessages, SaysWhatTheLimitsLeftOut) {
  const MailWorld world;
  std::string parts;
  std::string links;
  for (int i = 0; i < 1200; ++i) parts += "--b\n\nhi\n";
  for (int i = 0; i < 60; ++i)
    links += "<a href='https://x.example/" + std::to_string(i) + "'>y</a>";
  world.deliver("cur/100000001.a:2,", Letter{.subject = "parts",
                                             .more = "Content-Type: multipart/mixed; boundary=b\n",
                                             .text = parts}
                                          .bytes());
  world.deliver("cur/100000002.b:2,",
                Letter{.subject = "links",
                       .more = "Content-Type: text/html\n",
                       .text = links + "<a href='https://evil.example'>bank.example</a>"}
                    .bytes());
  Client client(world);
  EXPECT_THAT(client.get({.ids = {client.id("parts")}}).messages.front().text,
              HasSubstr("[parts after the first 1000 were left out]"));
  const std::vector<Link> shown = client.get({.ids = {client.id("links")}}).messages.front().links;
  ASSERT_THAT(shown, SizeIs(41));
  EXPECT_TRUE(shown.front().mismatch);
  EXPECT_EQ(shown.back().text, "21 more links are not listed");
}

/// Each list as long as a stranger likes: the answer stays within its size, and says what it left
/// out.
TEST(GetMessages, KeepsTheListsOfAMessageShort) {
  const MailWorld world;
  std::string to = "first@example.org";
  std::string parts = "--b\n\nhi\n";
  std::string links;
  for (int i = 0; i < 400; ++i) {
    to += ",\n " + std::string(180, 'n') + " <x" + std::to_string(i) + "@example.org>";
    parts += "--b\nContent-Type: image/png; name=" + std::string(200, 'f') + std::to_string(i) +
             "\n\nx\n";
    links += "<a href='https://x.example/" + std::string(1500, 'u') + std::to_string(i) + "'>y</a>";
  }
  parts += "--b\nContent-Type: text/html\n\n" + links + "\n--b--\n";
  world.deliver(
      "cur/100000001.a:2,",
      Letter{.to = to, .more = "Content-Type: multipart/mixed; boundary=b\n", .text = parts}
          .bytes());
  Client client(world);
  const std::string id = client.id("");
  const GetMessagesResult result = client.get({.ids = {id}, .max_chars = 60'000});
  const Message& message = result.messages.front();
  EXPECT_EQ(message.to.back(), "351 more");
  EXPECT_EQ(message.attachments.back().name, "350 more");
  EXPECT_THAT(message.links.back().text, HasSubstr("more links are not listed"));
  EXPECT_LT(mcp::fields::weight(tables::kMessage, &message), 64U * 1024);
}

TEST(GetMessages, ReadsAnInvitation) {
  const MailWorld world;
  world.deliver(
      "cur/100000001.a:2,",
      Letter{
          .more = "Content-Type: text/calendar; method=REQUEST; charset=utf-8\n",
          .text =
              "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\nMETHOD:REQUEST\nBEGIN:VEVENT\n"
              "UID:u1\nDTSTAMP:20260301T000000Z\nDTSTART:20260317T090000Z\nDTEND:20260317T100000Z\n"
              "SUMMARY:Review\nORGANIZER:mailto:anna@example.com\n"
              "ATTENDEE:mailto:maja@example.org\nEND:VEVENT\nEND:VCALENDAR\n"}
          .bytes());
  Client client(world);
  const Message message = client.get({.ids = {"m1"}}).messages.empty()
                              ? Message{}
                              : client.get({.ids = {client.id("")}}).messages.front();
  ASSERT_TRUE(message.invitation);
  EXPECT_EQ(message.invitation->title, "Review");
  EXPECT_EQ(common::to_string(message.invitation->start), "2026-03-17T10:00:00+01:00");
}

}  // namespace
}  // namespace email
