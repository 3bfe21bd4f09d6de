#include "servers/email/draft_writer.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>

#include "protocol/mcp/handler.hpp"
#include "schemas/email/create_draft_types.hpp"
#include "servers/common/icalendar/invitation.hpp"
#include "servers/common/words.hpp"
#include "servers/email/mime/utf8.hpp"

namespace email {
namespace {

constexpr std::size_t kAttachmentMax = std::size_t{25} * 1024 * 1024;
constexpr std::size_t kTogetherMax = 4 * kAttachmentMax;  ///< Of one call.
constexpr std::size_t kReferencesKept = 20;

std::string at(std::string_view list, std::size_t index) {
  return "/" + std::string(list) + "/" + std::to_string(index);
}

std::vector<Mail::Address> addresses(std::string_view list, const std::vector<std::string>& texts) {
  std::vector<Mail::Address> out;
  std::string problems;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::optional<Mail::Address> address = parse_address(texts[i]);
    if (address) {
      out.push_back(*address);
    } else {
      problems +=
          at(list, i) + ": expected one e-mail address such as anna@example.com or Anna Nowak " +
          "<anna@example.com>, got " + texts[i].substr(0, texts[i].find_first_of("\r\n")) + "\n";
    }
  }
  if (!problems.empty()) throw mcp::ToolError(problems.substr(0, problems.size() - 1));
  return out;
}

void refuse_line_breaks(std::string_view subject) {
  if (subject.find_first_of("\r\n") != std::string_view::npos)
    throw mcp::ToolError("/subject: expected one line, got a line break in it");
}

std::string mime_type_of(const std::filesystem::path& path) {
  struct Known {
    std::string_view extension;
    std::string_view type;
  };
  constexpr std::array<Known, 16> kKnown{
      {{".txt", "text/plain"},
       {".md", "text/markdown"},
       {".csv", "text/csv"},
       {".html", "text/html"},
       {".pdf", "application/pdf"},
       {".png", "image/png"},
       {".jpg", "image/jpeg"},
       {".jpeg", "image/jpeg"},
       {".gif", "image/gif"},
       {".zip", "application/zip"},
       {".json", "application/json"},
       {".ics", "text/calendar"},
       {".odt", "application/vnd.oasis.opendocument.text"},
       {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
       {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
       {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"}}};
  const std::string extension = common::folded(path.extension().string());
  const auto* const found = std::ranges::find(kKnown, extension, &Known::extension);
  return std::string(found == kKnown.end() ? "application/octet-stream" : found->type);
}

std::size_t attached_bytes(const NewDraft& draft) {
  std::size_t total = 0;
  for (const Outgoing::Attached& attached : draft.mail.attachments) total += attached.bytes.size();
  return total;
}

void check_size(const NewDraft& draft) {
  const std::size_t total = attached_bytes(draft);
  if (total <= kAttachmentMax) return;
  throw mcp::ToolError("/attachments: together " + std::to_string(total) +
                       " bytes, more than the " + std::to_string(kAttachmentMax) +
                       " that mail servers take; attach less, or share a link");
}

/// Text that somebody meant to fill in and did not.
void warn_of_placeholders(const std::string& text, std::vector<std::string>& warnings) {
  const std::string plain = common::folded(text);
  for (const std::string_view sign : {"{{", "[your ", "[name", "[date", "[insert", "<insert"}) {
    const std::size_t found = plain.find(sign);
    if (found == std::string::npos) continue;
    constexpr std::size_t kShown = 30;
    const std::string line = plain.substr(found, plain.find('\n', found) - found);
    warnings.push_back("The text may hold a placeholder that was not filled in: " +
                       std::string(utf8_prefix(line, kShown)));
    return;
  }
}

bool contains(const std::vector<Mail::Address>& list, const Mail::Address& address) {
  return std::ranges::any_of(list, [&](const Mail::Address& other) {
    return common::folded(other.email) == common::folded(address.email);
  });
}

void check_combination(const CreateDraftArgs& args) {
  const bool answers = args.invitation_response.has_value();
  const bool counters =
      answers && *args.invitation_response == CreateDraftInvitationResponse::Counter;
  std::string problem;
  if (!args.reply_to.empty() && !args.forward.empty())
    problem = "/forward: a draft either answers (reply_to) or forwards";
  else if (answers && args.reply_to.empty())
    problem =
        "/reply_to: expected the message that holds the invitation, because invitation_response is "
        "given";
  else if (counters && !args.propose_start)
    problem =
        "/propose_start: expected the time to propose, because invitation_response is counter";
  else if (!counters && (args.propose_start || args.propose_end))
    problem = "/propose_start: a time is proposed only with invitation_response counter";
  else if (args.reply_all && args.reply_to.empty())
    problem = "/reply_all: expected with reply_to only";
  else if (args.to.empty() && args.text.empty() && args.subject.empty() && args.reply_to.empty() &&
           args.forward.empty())
    problem = "/to: expected at least one of to, subject, text, reply_to, forward";
  if (!problem.empty()) throw mcp::ToolError(problem);
}

/// "Wed 18 Mar 2026, 14:00"
std::string in_a_letter(const common::Time& time) {
  constexpr std::array<std::string_view, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time.local());
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time.local() - day};
  const auto two = [](auto number) {
    const std::string digits = std::to_string(number);
    return digits.size() < 2 ? "0" + digits : digits;
  };
  return std::string(kDays.at(static_cast<std::size_t>(common::weekday_of(time)))) + " " +
         std::to_string(static_cast<unsigned>(date.day())) + " " +
         std::string(kMonths.at(static_cast<unsigned>(date.month()) - 1)) + " " +
         std::to_string(static_cast<int>(date.year())) + ", " + two(clock.hours().count()) + ":" +
         two(clock.minutes().count());
}

std::string default_text(const CreateDraftArgs& args) {
  constexpr std::array<std::string_view, 4> kTexts{"I accept the invitation.",
                                                   "I have to decline the invitation.",
                                                   "I may come.", "I propose another time."};
  if (!args.text.empty() || !args.invitation_response) return args.text;
  return std::string(kTexts.at(static_cast<std::size_t>(*args.invitation_response)));
}

}  // namespace

/// The message that is answered or forwarded.
struct DraftWriter::Original {
  std::int64_t row{};
  Mail mail{};
  std::string bytes{};
};

DraftWriter::Original DraftWriter::original(const std::string& pointer,
                                            const std::string& id) const {
  if (mail_ == nullptr) {
    throw mcp::ToolError(pointer +
                         ": this server was started without --mail MAILDIR, so it has no messages");
  }
  std::optional<std::string> bytes = mail_->read_bytes(id);
  if (!bytes)
    throw mcp::ToolError(pointer + ": no message " + id + "; search_messages shows what exists");
  Mail mail = read_mail(*bytes);
  return {.row = *message_row_of(id), .mail = std::move(mail), .bytes = *std::move(bytes)};
}

NewDraft DraftWriter::plain(const CreateDraftArgs& args) const {
  NewDraft draft;
  Outgoing& mail = draft.mail;
  mail.to = addresses("to", args.to);
  mail.cc = addresses("cc", args.cc);
  mail.bcc = addresses("bcc", args.bcc);
  refuse_line_breaks(args.subject);
  mail.subject = args.subject;
  mail.text = default_text(args);
  mail.date = times_.now();
  for (std::size_t i = 0; i < args.attachments.size(); ++i) {
    const std::filesystem::path path = args.attachments[i];
    mail.attachments.push_back({.name = path.filename().string(),
                                .mime_type = mime_type_of(path),
                                .bytes = roots_.read(at("attachments", i), path, kAttachmentMax)});
  }
  return draft;
}

void DraftWriter::add_reply_recipients(const CreateDraftArgs& args, const Original& original,
                                       NewDraft& draft) const {
  const Mail& mail = original.mail;
  Outgoing& out = draft.mail;
  const auto is_own = [&](const Mail::Address& address) {
    return identity_.is_own(address, out.from);
  };
  if (args.to.empty()) {
    const bool own = !mail.from.empty() && is_own(mail.from.front());
    out.to = own ? mail.to : mail.reply_to.empty() ? mail.from : mail.reply_to;
  }
  if (args.reply_all && args.cc.empty()) {
    for (const std::vector<Mail::Address>* list : {&mail.from, &mail.to, &mail.cc}) {
      for (const Mail::Address& address : *list)
        if (!is_own(address) && !contains(out.to, address) && !contains(out.cc, address))
          out.cc.push_back(address);
    }
  }
  // Whom a stranger's header names gets mail only if mail can be sent there.
  for (std::vector<Mail::Address>* list : {&out.to, &out.cc})
    std::erase_if(*list,
                  [](const Mail::Address& address) { return !parse_address(address.email); });
  if (out.to.empty())
    throw mcp::ToolError("/reply_to: the message names nobody to answer; say to whom with `to`");
}

void DraftWriter::answer(const CreateDraftArgs& args, const Original& original,
                         NewDraft& draft) const {
  const Mail& mail = original.mail;
  Outgoing& out = draft.mail;
  out.from = identity_.sender(mail_, &mail);
  add_reply_recipients(args, original, draft);
  if (out.subject.empty())
    out.subject = is_answer(mail.subject) ? mail.subject : "Re: " + mail.subject;
  out.in_reply_to = mail.message_id;
  out.references = mail.references;
  if (out.references.size() > kReferencesKept)
    out.references.erase(out.references.begin() + 1, out.references.end() - kReferencesKept + 1);
  if (!mail.message_id.empty()) out.references.push_back(mail.message_id);
  draft.reply_to = original.row;
  draft.untrusted = true;
  if (args.invitation_response) add_invitation(args, original, draft);
}

void DraftWriter::add_invitation(const CreateDraftArgs& args, const Original& original,
                                 NewDraft& draft) const {
  const std::optional<common::Invitation> invitation =
      original.mail.calendar.empty()
          ? std::nullopt
          : icalendar::read_invitation(original.mail.calendar, times_.zone());
  if (!invitation)
    throw mcp::ToolError("/reply_to: the message holds no invitation that could be answered");
  const std::optional<Mail::Address>& own = draft.mail.from;
  if (!own) {
    throw mcp::ToolError(
        "/invitation_response: nobody can tell which address is yours; set address in the server's "
        "settings.toml");
  }
  const auto answer = static_cast<icalendar::Answer>(*args.invitation_response);
  icalendar::Reply reply{.request = original.mail.calendar,
                         .address = own->email,
                         .answer = answer,
                         .start = {},
                         .end = {},
                         .now = times_.now().at};
  if (args.propose_start) {
    const common::Span span = times_.span(
        *args.propose_start, args.propose_end, std::nullopt,
        {.start = "/propose_start", .end = "/propose_end", .anchor = invitation->start});
    reply.start = times_.begin_of(span.start);
    if (args.propose_end) reply.end = times_.begin_of(span.end);
  }
  if (reply.start && args.text.empty())
    draft.mail.text = "I propose another time: " + in_a_letter(times_.zone().at(*reply.start)) +
                      " (" + times_.zone().id() + ").";
  draft.mail.calendar = icalendar::write_reply(reply, times_.zone());
  draft.mail.calendar_method = icalendar::method_of(answer);
}

void DraftWriter::pass_on(const CreateDraftArgs& args, const Original& original,
                          NewDraft& draft) const {
  const Mail& mail = original.mail;
  Outgoing& out = draft.mail;
  if (out.subject.empty()) out.subject = "Fwd: " + mail.subject;
  std::string text = args.text.empty() ? "" : args.text + "\n\n";
  text += "---------- Forwarded message ----------\n";
  if (!mail.from.empty()) text += "From: " + spoken(mail.from.front()) + "\n";
  if (mail.date) text += "Date: " + common::Times::spoken(*mail.date) + "\n";
  text += "Subject: " + mail.subject + "\n\n" + mail.text;
  out.text = std::move(text);
  if (!mail.message_id.empty()) out.references = {mail.message_id};
  for (std::size_t i = 0; i < mail.attachments.size(); ++i) {
    std::optional<std::string> bytes = read_attachment(original.bytes, i, kAttachmentMax);
    if (!bytes)
      throw mcp::ToolError("/forward: the attachment " + mail.attachments[i].name +
                           " is too large to be forwarded");
    out.attachments.push_back({.name = mail.attachments[i].name,
                               .mime_type = mail.attachments[i].mime_type,
                               .bytes = *std::move(bytes)});
  }
  draft.forward = original.row;
  draft.untrusted = true;
}

Written DraftWriter::write(const CreateDraftArgs& args) const {
  check_combination(args);
  Written written;
  const NewDraft base = plain(args);
  if (args.forward.empty()) {
    NewDraft draft = base;
    if (args.reply_to.empty())
      draft.mail.from = identity_.sender(mail_, nullptr);
    else
      answer(args, original("/reply_to", args.reply_to), draft);
    written.drafts.push_back(std::move(draft));
  }
  std::size_t total = 0;
  for (std::size_t i = 0; i < args.forward.size(); ++i) {
    NewDraft draft = base;
    const Original forwarded = original(at("forward", i), args.forward[i]);
    draft.mail.from = identity_.sender(mail_, &forwarded.mail);
    pass_on(args, forwarded, draft);
    total += attached_bytes(draft);
    if (total > kTogetherMax) {
      throw mcp::ToolError("/forward: the attachments take more than " +
                           std::to_string(kTogetherMax) + " bytes; forward fewer at a time");
    }
    written.drafts.push_back(std::move(draft));
  }
  for (NewDraft& draft : written.drafts) {
    check_size(draft);
    const std::string email = draft.mail.from ? draft.mail.from->email : "nobody@localhost";
    draft.mail.message_id = new_message_id(email.substr(email.rfind('@') + 1));
  }
  if (!written.drafts.front().mail.from) {
    written.warnings.emplace_back(
        "Nobody can tell which address is yours, so the draft has no sender: set address in the "
        "server's settings.toml.");
  }
  warn_of_placeholders(args.text, written.warnings);
  return written;
}

}  // namespace email
