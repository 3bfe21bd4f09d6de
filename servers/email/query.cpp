#include "servers/email/query.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "protocol/mcp/handler.hpp"
#include "servers/common/words.hpp"

namespace email {
namespace {

constexpr std::string_view kKnown =
    "known are from: to: cc: subject: has:attachment is:unread is:flagged before: after:";

struct Operator {
  std::string_view name;
  Term::Field field;
};
constexpr std::array<Operator, 4> kTextOperators{{{"from", Term::Field::From},
                                                  {"to", Term::Field::To},
                                                  {"cc", Term::Field::Cc},
                                                  {"subject", Term::Field::Subject}}};

[[noreturn]] void refuse(const std::string& what) {
  throw mcp::ToolError("/query: " + what);
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// One word of the query, taken apart: -name:"value".
struct Token {
  bool negated{};
  std::string name{};  ///< Of the operator, lower case; "" for plain words.
  bool quoted{};
  std::string value{};
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  std::optional<Token> next() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
    if (rest_.empty()) return std::nullopt;
    Token token;
    if (rest_.front() == '-' && rest_.size() > 1 && !is_blank(rest_[1])) {
      token.negated = true;
      rest_.remove_prefix(1);
    }
    token.name = take_name();
    take_value(token);
    return token;
  }

 private:
  /// Letters before a colon with something after it; "http://..." and "re:" are words.
  std::string take_name() {
    std::size_t end = 0;
    while (end < rest_.size() && std::isalpha(static_cast<unsigned char>(rest_[end])) != 0) ++end;
    if (end == 0 || end + 1 >= rest_.size() || rest_[end] != ':') return {};
    if (is_blank(rest_[end + 1]) || rest_.substr(end + 1).starts_with("//")) return {};
    std::string name(rest_.substr(0, end));
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    rest_.remove_prefix(end + 1);
    return name;
  }

  void take_value(Token& token) {
    token.quoted = rest_.front() == '"';
    if (token.quoted) rest_.remove_prefix(1);
    std::size_t end = 0;
    while (end < rest_.size() && (token.quoted ? rest_[end] != '"' : !is_blank(rest_[end]))) ++end;
    if (token.quoted && end == rest_.size()) refuse("a quote (\") is opened but not closed");
    token.value = rest_.substr(0, end);
    rest_.remove_prefix(std::min(rest_.size(), end + (token.quoted ? 1 : 0)));
  }

  std::string_view rest_;
};

Term date_term(const Token& token, const common::Times& times) {
  common::When when;
  if (const auto problem = common::parse(token.value, when))
    refuse(token.name + ":" + token.value + ": " + *problem);
  const std::string pointer = "/query: " + token.name + ":";
  const common::Range range =
      times.range(when, std::nullopt, {.start = pointer, .toward = common::Toward::Past});
  Term term{.field = Term::Field::Sent, .negated = token.negated};
  // after: begins with the day that is named, before: ends where it begins.
  if (token.name == "after") term.range.from = range.from;
  if (token.name == "before") term.range.to = range.from ? range.from : range.to;
  return term;
}

Term flag_term(const Token& token) {
  const std::string value = common::folded(token.value);
  if (token.name == "has" && (value == "attachment" || value == "attachments"))
    return {.field = Term::Field::HasAttachment, .negated = token.negated};
  if (token.name == "is" && value == "unread")
    return {.field = Term::Field::Unread, .negated = token.negated};
  if (token.name == "is" && value == "read")
    return {.field = Term::Field::Unread, .negated = !token.negated};
  if (token.name == "is" && value == "flagged")
    return {.field = Term::Field::Flagged, .negated = token.negated};
  refuse("unknown " + token.name + ":" + token.value + "; " + std::string(kKnown));
}

Term term_of(const Token& token, const common::Times& times) {
  Term term{.negated = token.negated, .phrase = token.quoted, .words = token.value};
  if (token.name.empty()) return term;
  if (token.name == "before" || token.name == "after") return date_term(token, times);
  if (token.name == "has" || token.name == "is") return flag_term(token);
  const auto* const known = std::ranges::find(kTextOperators, token.name, &Operator::name);
  if (known == kTextOperators.end()) {
    refuse("unknown operator " + token.name + ":; " + std::string(kKnown) +
           "; between quotes it is searched as text");
  }
  term.field = known->field;
  return term;
}

std::string_view columns_of(Term::Field field) {
  switch (field) {
    case Term::Field::Any:
      return "";
    case Term::Field::From:
      return "sender : ";
    case Term::Field::To:
      return "recipients : ";
    case Term::Field::Cc:
      return "copies : ";
    default:
      return "subject : ";
  }
}

bool is_text(Term::Field field) {
  return field <= Term::Field::Subject;
}

}  // namespace

std::vector<Term> parse_query(std::string_view query, const common::Times& times) {
  std::vector<Term> terms;
  Scanner scanner(query);
  while (const std::optional<Token> token = scanner.next()) terms.push_back(term_of(*token, times));
  return terms;
}

std::string match_expression(const Term& term) {
  constexpr std::size_t kPrefixLength = 4;
  if (!is_text(term.field)) return {};
  const std::vector<std::string> words = common::words_of(term.words);
  if (words.empty()) return {};
  std::string phrase;
  for (const std::string& word : words) phrase += (phrase.empty() ? "" : " ") + word;
  // A longer word also finds what begins with it: "invoice" finds "invoices".
  const bool prefix = !term.phrase && !term.negated && words.back().size() >= kPrefixLength;
  return std::string(columns_of(term.field)) + "\"" + phrase + "\"" + (prefix ? " *" : "");
}

}  // namespace email
