#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/email/create_draft.hpp"
#include "servers/email/mime/mail.hpp"
#include "tests/unit/email/world.hpp"

namespace email {
namespace {

using test::Client;
using test::Letter;
using test::MailWorld;
using test::refusal;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::filesystem::path> files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) out.push_back(entry.path());
  return out;
}

/// The only message in a folder of the server's own.
Mail only_mail(const std::filesystem::path& folder) {
  const auto found = files(folder);
  EXPECT_THAT(found, SizeIs(1));
  return found.size() == 1 ? read_mail(test::bytes_of(found.front())) : Mail{};
}

struct World : MailWorld {
  World() {
    test::write_file(data / "settings.toml", "address = \"maja@example.org\"\nname = \"Maja\"\n");
    settings = common::Settings(data / "settings.toml");
    test::write_file(folder / "docs/plan.pdf", "%PDF plan");
    test::write_file(folder / "secret.pdf", "secret");
    roots = common::Roots({folder / "docs"});
    deliver(
        "cur/100000001.a:2,S",
        Letter{
            .from = "Anna Nowak <anna@example.com>",
            .to = "Maja <maja@example.org>, Bo <bo@example.org>",
            .subject = "Plan",
            .message_id = "1@x",
            .more = "Cc: carla@example.org\nReferences: <0@x>\n"
                    "Content-Type: multipart/mixed; boundary=b\n",
            .text = "--b\n\nSee it.\n--b\nContent-Type: application/pdf; name=s.pdf\n\nx\n--b--\n"}
            .bytes());
  }
};

/// A client that drafts, too.
struct Writer : Client {
  using Client::Client;
  Drafts draft(const CreateDraftArgs& args) {
    return run("create_draft", [&](mcp::Call& call) { return create_draft(*context, args, call); });
  }
};

TEST(CreateDraft, ChangesNothingInTheMaildir) {
  const World world;
  Writer client(world);
  const auto before = test::tree(world.maildir);
  const std::string id = client.id("subject:plan");
  client.draft({.reply_to = id});
  EXPECT_EQ(test::tree(world.maildir), before);

  client.flag({.ids = {id}, .add_flags = {Flag::Flagged}});  // the control
  EXPECT_NE(test::tree(world.maildir), before);
}

TEST(CreateDraft, WritesAMessageThatCouldBeSent) {
  const World world;
  Writer client(world);
  const Drafts made = client.draft({.to = {"Łucja <lucja@example.com>"},
                                    .bcc = {"boss@example.org"},
                                    .subject = "Zażółć",
                                    .text = "Cześć",
                                    .attachments = {"plan.pdf"}});
  ASSERT_THAT(made.drafts, SizeIs(1));
  EXPECT_THAT(made.warnings, IsEmpty());
  const Draft& draft = made.drafts.front();
  EXPECT_EQ(draft.id, "d1");
  EXPECT_EQ(draft.state, DraftState::Draft);
  EXPECT_FALSE(draft.untrusted);
  EXPECT_EQ(draft.attachments.front().mime_type, "application/pdf");
  const Mail mail = only_mail(world.data / "drafts");
  EXPECT_THAT(mail.from, ElementsAre(Mail::Address{"Maja", "maja@example.org"}));
  EXPECT_THAT(mail.to, ElementsAre(Mail::Address{"Łucja", "lucja@example.com"}));
  EXPECT_EQ(mail.subject, "Zażółć");
  EXPECT_EQ(common::to_string(*mail.date), "2026-03-16T09:00:00+01:00");
  EXPECT_THAT(mail.attachments, ElementsAre(Mail::Attachment{"plan.pdf", "application/pdf", 9}));
}

TEST(CreateDraft, AnswersWithRecipientsSubjectAndThreading) {
  const World world;
  Writer client(world);
  const std::string id = client.id("plan");
  const Draft one = client.draft({.text = "Fine.", .reply_to = id}).drafts.front();
  EXPECT_THAT(one.to, ElementsAre("Anna Nowak <anna@example.com>"));
  EXPECT_THAT(one.cc, IsEmpty());
  EXPECT_EQ(one.subject, "Re: Plan");
  EXPECT_EQ(one.reply_to, id);
  EXPECT_TRUE(one.untrusted);
  const Mail mail = only_mail(world.data / "drafts");
  EXPECT_THAT(mail.in_reply_to, ElementsAre("1@x"));
  EXPECT_THAT(mail.references, ElementsAre("0@x", "1@x"));
  const Draft all =
      client.draft({.text = "Fine.", .reply_to = id, .reply_all = true}).drafts.front();
  EXPECT_THAT(all.to, ElementsAre("Anna Nowak <anna@example.com>"));
  EXPECT_THAT(all.cc, ElementsAre("Bo <bo@example.org>", "carla@example.org"));
}

TEST(CreateDraft, ForwardsTextAndAttachments) {
  const World world;
  Writer client(world);
  const std::string id = client.id("plan");
  const Drafts made = client.draft({.to = {"bo@example.org"}, .text = "FYI", .forward = {id, id}});
  ASSERT_THAT(made.drafts, SizeIs(2));
  EXPECT_EQ(made.drafts[0].subject, "Fwd: Plan");
  EXPECT_THAT(made.drafts[0].text,
              HasSubstr("FYI\n\n---------- Forwarded message ----------\nFrom: Anna Nowak"));
  EXPECT_THAT(made.drafts[0].text, HasSubstr("See it."));
  EXPECT_EQ(made.drafts[0].attachments.front().name, "s.pdf");
  EXPECT_TRUE(made.drafts[0].untrusted);
}

TEST(CreateDraft, ShowsTheBeginningOfALongForward) {
  const World world;
  const std::string text(100'000, 'x');
  world.deliver("cur/100000002.b:2,", Letter{.subject = "Long", .text = text}.bytes());
  Writer client(world);
  const Draft draft =
      client.draft({.to = {"bo@example.org"}, .forward = {client.id("subject:long")}})
          .drafts.front();
  EXPECT_LT(draft.text.size(), 33'000U);
  EXPECT_THAT(draft.text, testing::ContainsRegex("\\[[0-9]+ more bytes are in the draft\\]$"));
  EXPECT_THAT(only_mail(world.data / "drafts").text, HasSubstr(text));
}

TEST(CreateDraft, RefusesWhatCannotBeSent) {
  const World world;
  Writer client(world);
  const std::string id = client.id("plan");
  struct Case {
    CreateDraftArgs args;
    const char* says;
  };
  for (const Case& one : std::vector<Case>{
           {{}, "/to: expected at least one of"},
           {{.to = {"anna", "bo@example.org", "x@y@z"}},
            "/to/0: expected one e-mail address such as"},
           {{.to = {"anna", "bo@example.org", "x@y@z"}}, "\n/to/2: expected one e-mail address"},
           {{.to = {"bo@example.org\r\nBcc: evil@example.com"}}, "/to/0: expected"},
           {{.to = {"bo@example.org"}, .subject = "x\r\nBcc: evil@example.com"},
            "/subject: expected one line"},
           {{.to = {"bo@example.org"}, .attachments = {"../secret.pdf"}},
            "/attachments/0: no file that may be read"},
           {{.to = {"bo@example.org"}, .attachments = {(world.folder / "secret.pdf").string()}},
            "/attachments/0: "},
           {{.reply_to = "m99"}, "/reply_to: no message m99"},
           {{.forward = {id, "m99"}}, "/forward/1: no message m99"},
           {{.reply_to = id, .forward = {id}}, "/forward: a draft either answers"},
           {{.to = {"bo@example.org"}, .reply_all = true}, "/reply_all: expected with reply_to"},
           {{.reply_to = id, .invitation_response = CreateDraftInvitationResponse::Accepted},
            "/reply_to: the message holds no invitation"},
           {{.invitation_response = CreateDraftInvitationResponse::Accepted},
            "/reply_to: expected the message"},
           {{.reply_to = id, .invitation_response = CreateDraftInvitationResponse::Counter},
            "/propose_start: expected the time to propose"},
       })
    EXPECT_THAT(refusal([&] { client.draft(one.args); }), HasSubstr(one.says));
  for (const char* const name : {"drafts", "staged", "outbox"})
    EXPECT_THAT(files(world.data / name), IsEmpty()) << name;
}

TEST(CreateDraft, AnswersAnInvitationWithAnICalendarReply) {
  const World world;
  world.deliver(
      "cur/100000002.b:2,",
      Letter{
          .subject = "Review",
          .message_id = "2@x",
          .more = "Content-Type: text/calendar; method=REQUEST; charset=utf-8\n",
          .text =
              "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\nMETHOD:REQUEST\nBEGIN:VEVENT\n"
              "UID:u1\nDTSTAMP:20260301T000000Z\nDTSTART:20260317T090000Z\nDTEND:20260317T100000Z\n"
              "SUMMARY:Review\nORGANIZER:mailto:anna@example.com\n"
              "ATTENDEE:mailto:maja@example.org\nEND:VEVENT\nEND:VCALENDAR\n"}
          .bytes());
  Writer client(world);
  const std::string id = client.id("subject:review");
  const Draft yes =
      client.draft({.reply_to = id, .invitation_response = CreateDraftInvitationResponse::Accepted})
          .drafts.front();
  EXPECT_EQ(yes.text, "I accept the invitation.");
  Mail mail = only_mail(world.data / "drafts");
  EXPECT_THAT(mail.calendar, HasSubstr("METHOD:REPLY"));
  EXPECT_THAT(mail.calendar, HasSubstr("PARTSTAT=ACCEPTED"));
  EXPECT_THAT(mail.raw_headers, HasSubstr("Subject: Re: Review"));
  client.undo();

  common::When when;
  ASSERT_FALSE(common::parse("15:00", when));  // of the invitation's day
  client.draft({.reply_to = id,
                .invitation_response = CreateDraftInvitationResponse::Counter,
                .propose_start = when});
  mail = only_mail(world.data / "drafts");
  EXPECT_EQ(mail.text, "I propose another time: Tue 17 Mar 2026, 15:00 (Europe/Warsaw).");
  EXPECT_THAT(mail.calendar, HasSubstr("METHOD:COUNTER"));
  EXPECT_THAT(mail.calendar,
              testing::AnyOf(HasSubstr("DTSTART:20260317T140000Z"),
                             HasSubstr("DTSTART;TZID=Europe/Warsaw:20260317T150000")));
}

TEST(CreateDraft, SaysWhenNobodyKnowsTheSender) {
  const MailWorld world;  // no settings, nothing sent yet
  Writer client(world);
  EXPECT_THAT(
      client.draft({.to = {"bo@example.org"}, .text = "Hi {{name}}"}).warnings,
      ElementsAre(HasSubstr("set address in the server's settings.toml"), HasSubstr("{{name}}")));
  std::filesystem::create_directories(world.maildir / ".Sent/cur");
  std::filesystem::create_directories(world.maildir / ".Sent/new");
  world.deliver(".Sent/cur/100000001.a:2,S", Letter{.from = "Maja <maja@example.org>"}.bytes());
  EXPECT_THAT(client.draft({.to = {"bo@example.org"}, .text = "Hi"}).warnings, IsEmpty());
}

TEST(SendDrafts, QueuesAndSaysThatNothingIsSent) {
  const World world;
  Writer client(world);
  const std::string id = client.draft({.to = {"bo@example.org"}, .text = "Hi"}).drafts.front().id;
  EXPECT_EQ(client.send({.ids = {id}, .dry_run = true}).drafts.front().state, DraftState::Queued);
  EXPECT_THAT(files(world.data / "outbox"), IsEmpty());
  const Drafts queued = client.send({.ids = {id}});
  EXPECT_EQ(queued.drafts.front().state, DraftState::Queued);
  EXPECT_THAT(queued.warnings, ElementsAre(HasSubstr("no account that can send mail is set up")));
  EXPECT_THAT(files(world.data / "drafts"), IsEmpty());
  EXPECT_EQ(only_mail(world.data / "outbox").to.front().email, "bo@example.org");
  EXPECT_THAT(refusal([&] {
                client.send({.ids = {id, "d9"}});
              }),
              HasSubstr("/ids/0: d1 is in the outbox already\n/ids/1: no draft d9"));
}

TEST(SendDrafts, RefusesADraftForNobodyAndATimeThatIsPast) {
  const World world;
  Writer client(world);
  const std::string id = client.draft({.text = "Hi"}).drafts.front().id;
  EXPECT_THAT(refusal([&] { client.send({.ids = {id}}); }),
              HasSubstr("/ids/0: d1 has no recipient"));
  common::When when;
  ASSERT_FALSE(common::parse("2026-03-15T10:00:00Z", when));
  EXPECT_THAT(refusal([&] { client.send({.ids = {id}, .send_at = when}); }),
              HasSubstr("/send_at: "));
}

TEST(UndoEmailChange, TakesDraftsBackStepByStep) {
  const World world;
  Writer client(world);
  const std::string id = client.draft({.to = {"bo@example.org"}, .text = "Hi"}).drafts.front().id;
  const std::string drafted = client.change_id;
  client.send({.ids = {id}});
  EXPECT_THAT(refusal([&] { client.undo({.change_id = drafted}); }),
              HasSubstr("ann changed the same thing since"));
  EXPECT_THAT(files(world.data / "outbox"), SizeIs(1));
  client.undo();
  EXPECT_THAT(files(world.data / "outbox"), IsEmpty());
  EXPECT_THAT(files(world.data / "drafts"), SizeIs(1));
  client.undo();
  EXPECT_THAT(files(world.data / "drafts"), IsEmpty());
  EXPECT_THAT(refusal([&] { client.send({.ids = {id}}); }), HasSubstr("no draft d1"));
  EXPECT_EQ(client.draft({.to = {"bo@example.org"}, .text = "Hi"}).drafts.front().id, "d2")
      << "ids are never reused";
}

TEST(Drafts, WorkWithoutAMaildir) {
  World world;
  world.options.mail.clear();
  Writer client(world);
  const std::string id = client.draft({.to = {"bo@example.org"}, .text = "Hi"}).drafts.front().id;
  EXPECT_EQ(client.send({.ids = {id}}).drafts.size(), 1U);
  EXPECT_THAT(refusal([&] { client.draft({.reply_to = "m1"}); }),
              HasSubstr("/reply_to: this server was started without --mail MAILDIR"));
}

}  // namespace
}  // namespace email
