#include "servers/email/triage/triage.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <string_view>
#include <utility>

#include "servers/email/mime/utf8.hpp"
#include "servers/email/triage/ascii.hpp"
#include "servers/email/triage/asks.hpp"
#include "servers/email/triage/deadline.hpp"
#include "servers/email/triage/lexicon.hpp"
#include "servers/email/triage/sentences.hpp"
#include "servers/email/triage/spam.hpp"
#include "servers/email/triage/words.hpp"

namespace email::triage {
namespace {

constexpr double kKnownSender = 3.0;  // Log odds against spam.
constexpr double kProgramAsks = 0.4;  // Of what the same words from a person would count.
constexpr double kProgramAsksByDate = 0.8;
constexpr double kCopyAsks = 0.7;
constexpr double kInvitation = 0.95;
constexpr double kSaysUrgent = 0.85;
constexpr double kCourtesy = 0.25;  // Of what the same sentence would count without the formula.
// In log odds:
constexpr double kPerSentence = 0.4;  // Times the logarithm of their number.
constexpr double kNamesDeadline = 1.0;
constexpr auto kUrgentWithin = std::chrono::hours(24);
constexpr auto kSoonWithin = std::chrono::hours(48);
constexpr auto kUrgentFor = std::chrono::hours(72);  // After that, words alone are stale.
constexpr std::size_t kSentencesMax = 150;
constexpr std::size_t kQuoteMax = 200;

std::string in_guillemets(std::string_view words) {
  std::string out;
  std::string_view rest = words;
  for (std::size_t at = 0; at < rest.size();) {
    if (rest.substr(at).starts_with("«") || rest.substr(at).starts_with("»")) {
      out += rest.substr(at).starts_with("«") ? "‹" : "›";
      at += std::string_view("«").size();
    } else {
      out += rest[at++];
    }
  }
  return "«" + clean_line(out, kQuoteMax) + "»";
}

/// How a message came: "" from a person, else in words what shows that it did not.
std::string by_program(const Mail& mail) {
  constexpr auto kLocalParts = std::to_array<std::string_view>(
      {"noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "newsletter",
       "notification", "mailer-daemon", "postmaster"});
  if (!mail.header("List-Unsubscribe").empty()) return "bulk mail: it has List-Unsubscribe";
  const std::string precedence = lower(mail.header("Precedence"));
  if (precedence == "bulk" || precedence == "list") return "bulk mail: its Precedence says so";
  const std::string automatic = lower(mail.header("Auto-Submitted"));
  if (!automatic.empty() && automatic != "no") return "sent by a program: Auto-Submitted";
  const std::string sender = mail.from.empty() ? "" : lower(mail.from.front().email);
  const std::string_view local = std::string_view(sender).substr(0, sender.find('@'));
  const bool nobody = std::ranges::any_of(kLocalParts, [&](std::string_view part) {
    return local.find(part) != std::string_view::npos;
  });
  return nobody ? "sent by a program: nobody reads answers to its address" : "";
}

enum class Invite { None, Request, News };

Invite invite_of(const Mail& mail) {
  if (mail.calendar.empty()) return Invite::None;
  const std::string small = lower(mail.calendar);
  if (small.find("\nmethod:request") != std::string::npos) return Invite::Request;
  return small.find("\nmethod:") != std::string::npos ? Invite::News : Invite::None;
}

struct Wish {
  double probability{};
  std::string sentence{};
  std::optional<common::Time> due{};
};

/// Formulas that ask in form alone: nobody waits for an answer to them.
bool is_courtesy(std::string_view sentence) {
  constexpr auto kFormulas = std::to_array<std::string_view>(
      {"if you have any", "should you have any", "if you need any", "any questions", "feel free",
       "hesitate", "find attached", "find enclosed", "see attached", "accept my", "take care"});
  const std::string small = lower(sentence);
  return std::ranges::any_of(kFormulas, [&](std::string_view formula) {
    return small.find(formula) != std::string::npos;
  });
}

double shifted(double chance, double by) {
  return chance <= 0 ? 0 : probability(std::log(chance / (1 - chance)) + by);
}

/// The clearest ask in subject and text, and the first deadline that a sentence with an ask, or the
/// subject, names. A deadline makes a sentence ask more.
Wish wish_of(const Mail& mail, const common::Times& times) {
  constexpr double kMayAsk = 0.3;
  std::vector<std::string> found =
      sentences(new_text(utf8_prefix(mail.text, kTextMax)), kSentencesMax);
  // The more sentences there are, the more likely one of them looks like an ask by chance.
  const double chance = std::log(static_cast<double>(std::max<std::size_t>(1, found.size())));
  // The subject of an answer is an old one.
  if (mail.in_reply_to.empty()) found.insert(found.begin(), mail.subject);
  const std::chrono::sys_seconds sent = mail.date ? mail.date->at : times.now().at;
  Wish out;
  for (std::string& sentence : found) {
    double asks = asks_probability(sentence);
    if (is_courtesy(sentence)) asks *= kCourtesy;
    if (asks >= kMayAsk) {
      const std::optional<common::Time> due = deadline_of(sentence, sent, times.zone());
      if (due) asks = shifted(asks, kNamesDeadline);
      if (!out.due) out.due = due;
    }
    if (asks > out.probability) {
      out.probability = asks;
      out.sentence = std::move(sentence);
    }
  }
  out.probability = shifted(out.probability, -kPerSentence * chance);
  return out;
}

std::chrono::sys_seconds end_of(const common::Time& due, const common::Times& times) {
  const std::chrono::sys_seconds begin = times.begin_of(due);
  return due.date ? begin + std::chrono::days(1) : begin;
}

double two_digits(double value) {
  return std::round(value * 100) / 100;
}

/// Gathers the verdict part by part.
class Judgement final {
 public:
  Judgement(const Mail& mail, const Relation& relation, const common::Times& times)
      : mail_(mail), relation_(relation), times_(times), program_(by_program(mail)) {}

  Verdict verdict() && {
    judge_spam_part();
    judge_action();
    judge_urgency();
    if (spam_ >= 0.5) out_.reasons = std::move(spam_reasons_);  // What it asks is no matter then.
    settle();
    return std::move(out_);
  }

 private:
  void say(std::string reason) { out_.reasons.push_back(std::move(reason)); }

  void judge_spam_part() {
    SpamVerdict found = judge_spam(mail_);
    const bool known = relation_.written_to && !found.sender_refuted;
    spam_ = known ? probability(found.log_odds - kKnownSender) : probability(found.log_odds);
    spam_reasons_ = std::move(found.reasons);
    if (!known) return;
    say("from someone you wrote to before");
    spam_reasons_.emplace_back("from someone you wrote to before");
  }

  void judge_action() {
    const Invite invite = invite_of(mail_);
    wish_ = wish_of(mail_, times_);
    asks_ = wish_.probability;
    if (!program_.empty()) {
      say(program_);
      asks_ *= wish_.due ? kProgramAsksByDate : kProgramAsks;
    }
    if (relation_.only_copied) asks_ *= kCopyAsks;
    if (invite == Invite::News) asks_ = 0;
    if (invite == Invite::Request) asks_ = std::max(asks_, kInvitation);
    invitation_ = invite == Invite::Request;
    if (invitation_) say("an invitation waits for your answer");
    if (invite == Invite::News) say("news about an event in the calendar");
    if (asks_ >= 0.5 && !invitation_) say("asks: " + in_guillemets(wish_.sentence));
    if (relation_.only_copied) say("you are only in copy");
    if (asks_ < 0.5 && program_.empty() && invite == Invite::None) say("asks nothing of you");
  }

  void judge_urgency() {
    if (asks_ >= 0.5 && wish_.due) {
      out_.due = wish_.due;
      say("due " + common::Times::spoken(*wish_.due));
    }
    const double by_words = urgent_by_words();
    if (asks_ >= 0.5 && by_words > 0) say("says that it is urgent");
    // A program may be right about a date, but nothing it says makes one drop everything.
    if (program_.empty() && !invitation_) urgent_ = asks_ * std::max(by_words, urgent_by_date());
  }

  double urgent_by_date() const {
    if (!wish_.due) return 0;
    const auto left = end_of(*wish_.due, times_) - times_.now().at;
    if (left < -kUrgentWithin) return 0;  // It is too late to hurry.
    if (left <= kUrgentWithin) return 0.95;
    return left <= kSoonWithin ? 0.4 : 0;
  }

  double urgent_by_words() const {
    const bool old = mail_.date && times_.now().at - mail_.date->at > kUrgentFor;
    if (old || !program_.empty()) return 0;
    const std::string said =
        lower(mail_.subject) + "\n" + lower(new_text(utf8_prefix(mail_.text, kTextMax)));
    return count_stems(Idea::Urgency, said) > 0 ? kSaysUrgent : 0;
  }

  void settle() {
    const double wanted = 1 - spam_;
    out_.score = {.urgent = two_digits(wanted * urgent_),
                  .action_required = two_digits(wanted * asks_),
                  .informational = two_digits(wanted * (1 - asks_)),
                  .spam = two_digits(spam_)};
    if (spam_ >= 0.5) {
      out_.category = Triage::Spam;
      out_.due.reset();
      out_.suggestion = "move it to spam";
    } else if (urgent_ >= 0.5) {
      out_.category = Triage::Urgent;
      out_.suggestion = "answer it now";
    } else if (asks_ >= 0.5) {
      out_.category = Triage::ActionRequired;
      out_.suggestion = invitation_ ? "answer the invitation" : "draft a reply";
    } else {
      out_.category = Triage::Informational;
      out_.suggestion = program_.empty() ? "read it" : "archive it";
    }
  }

  const Mail& mail_;
  const Relation& relation_;
  const common::Times& times_;
  std::string program_;
  std::vector<std::string> spam_reasons_;
  Wish wish_;
  double spam_{};
  double asks_{};
  double urgent_{};
  bool invitation_{};
  Verdict out_;
};

}  // namespace

Verdict judge(const Mail& mail, const Relation& relation, const common::Times& times) {
  return Judgement(mail, relation, times).verdict();
}

}  // namespace email::triage
