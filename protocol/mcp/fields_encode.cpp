#include <array>
#include <charconv>
#include <cmath>

#include "protocol/mcp/fields.hpp"

namespace mcp::fields {
namespace {

/// The value of a member, looking through std::optional; null where that is empty.
const void* reach(const Field& field, const void* object) {
  const void* at = static_cast<const char*>(object) + field.offset;
  return field.optional != nullptr ? field.optional->get(at) : at;
}

double as_number(const Type& type, const void* value) {
  switch (type.kind) {
    case Kind::Bool:
      return *static_cast<const bool*>(value) ? 1 : 0;
    case Kind::Int:
      return static_cast<double>(*static_cast<const std::int64_t*>(value));
    case Kind::Number:
      return *static_cast<const double*>(value);
    case Kind::Enum:
      return *static_cast<const std::uint8_t*>(value);
    default:
      return 0;
  }
}

/// Absent, empty or at its default, and not required: left out of answers.
bool left_out(const Field& field, const void* value) {
  if (value == nullptr) return true;
  if (field.required) return false;
  if (field.type->kind == Kind::String) {
    const std::string& text = *static_cast<const std::string*>(value);
    return field.has_default ? text == field.default_text : text.empty();
  }
  if (field.type->kind == Kind::List) return field.type->list->size(value) == 0;
  return field.has_default && as_number(*field.type, value) == field.default_number;
}

struct Sequence {
  std::size_t length{1};
  bool whole{};
};

/// The UTF-8 sequence that begins at text[i] (RFC 3629), or as much of one as stands there, which
/// becomes one U+FFFD, as it does wherever text is decoded by the rules of the web.
Sequence sequence_at(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char lead = byte(i);
  if (lead < 0x80) return {.length = 1, .whole = true};
  if (lead < 0xC2 || lead > 0xF4) return {};
  const std::size_t length = lead >= 0xF0 ? 4U : lead >= 0xE0 ? 3U : 2U;
  for (std::size_t k = 1; k < length; ++k) {
    if (i + k == text.size()) return {.length = k};
    // Overlong forms, surrogates and what is beyond U+10FFFF show at the second byte.
    const unsigned char low = k > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = k > 1 ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(i + k) < low || byte(i + k) > high) return {.length = k};
  }
  return {.length = length, .whole = true};
}

/// How many bytes from `i` on are plain ASCII that every writer leaves as it is: most of most
/// texts, and appended in one go.
std::size_t plain_run(std::string_view text, std::size_t i) {
  std::size_t end = i;
  while (end < text.size()) {
    const char c = text[end];
    if (c < 0x20 || c == 0x7F || c == '"' || c == '\\') break;  // a byte beyond ASCII is below 0
    ++end;
  }
  return end - i;
}

void append_escaped(std::string& out, unsigned char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += kHex[c >> 4U];
      out += kHex[c & 15U];
  }
}

void append_number(std::string& out, double number) {
  std::array<char, 40> buffer{};
  const auto end = std::isfinite(number)
                       ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr
                       : buffer.data();
  out.append(buffer.data(), end);
  if (end == buffer.data()) out += "null";
}

class Encoder {
 public:
  Encoder(std::string& out, const Mask& mask) : out_(out), mask_(mask) {}

  void value(const Type& type, const void* value) {
    switch (type.kind) {
      case Kind::Bool:
        out_ += *static_cast<const bool*>(value) ? "true" : "false";
        return;
      case Kind::Int:
        out_ += std::to_string(*static_cast<const std::int64_t*>(value));
        return;
      case Kind::Number:
        return append_number(out_, *static_cast<const double*>(value));
      case Kind::String:
        return append_json_string(out_, *static_cast<const std::string*>(value));
      case Kind::Enum:
        return append_json_string(out_, type.names[*static_cast<const std::uint8_t*>(value)]);
      case Kind::Scalar:
        return scalar(type, value);
      case Kind::List:
        return list(type, value);
      case Kind::Object:
        return object(type, value);
    }
  }

 private:
  void scalar(const Type& type, const void* value) {
    const std::string text = type.scalar->print(value);
    if (type.scalar->json) {
      out_ += text.empty() ? "null" : text;
    } else {
      append_json_string(out_, text);
    }
  }

  void list(const Type& type, const void* value) {
    out_ += '[';
    const std::size_t size = type.list->size(value);
    for (std::size_t i = 0; i < size; ++i) {
      if (i > 0) out_ += ',';
      this->value(*type.element, type.list->at(value, i));
    }
    out_ += ']';
  }

  void object(const Type& type, const void* value) {
    out_ += '{';
    bool first = true;
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
      const Field& field = type.fields[i];
      const void* member = reach(field, value);
      if (!mask_.shows(type, i) || left_out(field, member)) continue;
      if (!first) out_ += ',';
      first = false;
      append_json_string(out_, field.name);
      out_ += ':';
      this->value(*field.type, member);
    }
    out_ += '}';
  }

  std::string& out_;
  const Mask& mask_;
};

/// Text without control characters but, in `lines`, those of lines.
void append_words(std::string& out, std::string_view text, bool marked, bool lines) {
  if (marked) out += "«";
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t run = plain_run(text, i); run > 0) {
      out.append(text, i, run);
      i += run;
      continue;
    }
    const auto [length, whole] = sequence_at(text, i);
    const std::string_view piece = text.substr(i, length);
    i += length;
    if (!whole) {
      out += "\uFFFD";
    } else if (marked && piece == "«") {
      out += "‹";
    } else if (marked && piece == "»") {
      out += "›";
    } else if (length == 1 && static_cast<unsigned char>(piece[0]) < 0x20 &&
               !(lines && (piece[0] == '\n' || piece[0] == '\t'))) {
      out += ' ';
    } else {
      out += piece;
    }
  }
  if (marked) out += "»";
}

/// Prints for a reader: see text() in the header.
class Writer {
 public:
  Writer(std::string& out, const Mask& mask) : out_(out), mask_(mask) {}

  void answer(const Type& type, const void* value) {
    const bool foreign = governs(type, value, true);
    for_each_shown(type, value, [&](const Field& field, const void* member) {
      if (is_rows(*field.type)) return rows(field, member, foreign);
      out_ += std::string(field.name) + ": ";
      if (field.type->kind == Kind::Object) {
        row(*field.type, member, foreign);
      } else {
        this->value(field, *field.type, member, foreign);
        out_ += '\n';
      }
    });
  }

 private:
  static bool is_rows(const Type& type) {
    return type.kind == Kind::List && type.element->kind == Kind::Object;
  }

  /// Whether untrusted members of this object count as words of others.
  static bool governs(const Type& type, const void* value, bool inherited) {
    if (!type.row_untrusted) return inherited;
    for (const Field& field : type.fields) {
      if (field.name == "untrusted") return *static_cast<const bool*>(reach(field, value));
    }
    return inherited;
  }

  template <class Visit>
  void for_each_shown(const Type& type, const void* value, Visit visit) {
    for (const bool last : {false, true}) {
      for (std::size_t i = 0; i < type.fields.size(); ++i) {
        const Field& field = type.fields[i];
        const void* member = reach(field, value);
        if (field.long_text != last || !mask_.shows(type, i) || left_out(field, member)) continue;
        visit(field, member);
      }
    }
  }

  void rows(const Field& field, const void* list, bool foreign) {
    const std::size_t size = field.type->list->size(list);
    out_ += std::string(field.name) + (size == 0 ? ": none\n" : ":\n");
    for (std::size_t i = 0; i < size; ++i) {
      out_ += "- ";
      row(*field.type->element, field.type->list->at(list, i), foreign);
    }
  }

  /// One object as one line; its long text follows on lines of its own.
  void row(const Type& type, const void* value, bool inherited) {
    const bool foreign = governs(type, value, inherited);
    std::string separator;
    for_each_shown(type, value, [&](const Field& field, const void* member) {
      if (field.name == "untrusted" && type.row_untrusted) return;
      out_ += field.long_text ? "\n  " : separator;
      separator = ", ";
      out_ += std::string(field.name) + ": ";
      this->value(field, *field.type, member, foreign);
    });
    out_ += '\n';
  }

  void value(const Field& field, const Type& type, const void* value, bool foreign) {
    switch (type.kind) {
      case Kind::String:
        return append_words(out_, *static_cast<const std::string*>(value),
                            foreign && field.untrusted, field.long_text);
      case Kind::Enum:
        out_ += type.names[*static_cast<const std::uint8_t*>(value)];
        return;
      case Kind::Scalar:
        return append_words(out_, type.scalar->print(value), foreign && field.untrusted, false);
      case Kind::List:
        return list(field, type, value, foreign);
      case Kind::Object:
        return nested(type, value, foreign);
      default:
        Encoder(out_, mask_).value(type, value);
    }
  }

  void list(const Field& field, const Type& type, const void* value, bool foreign) {
    const std::size_t size = type.list->size(value);
    if (size == 0) out_ += "none";
    for (std::size_t i = 0; i < size; ++i) {
      if (i > 0) out_ += "; ";
      this->value(field, *type.element, type.list->at(value, i), foreign);
    }
  }

  void nested(const Type& type, const void* value, bool inherited) {
    const bool foreign = governs(type, value, inherited);
    std::string separator = "(";
    for_each_shown(type, value, [&](const Field& field, const void* member) {
      out_ += separator + std::string(field.name) + " ";
      separator = ", ";
      this->value(field, *field.type, member, foreign);
    });
    out_ += separator == "(" ? "()" : ")";
  }

  std::string& out_;
  const Mask& mask_;
};

bool untrusted_in(const Type& type, const void* value, const Mask& mask, bool inherited);

bool untrusted_value(const Type& type, const void* value, const Mask& mask, bool marked,
                     bool foreign) {
  if (type.kind == Kind::String) {
    return marked && foreign && !static_cast<const std::string*>(value)->empty();
  }
  if (type.kind == Kind::Object) return untrusted_in(type, value, mask, foreign);
  if (type.kind != Kind::List) return false;
  for (std::size_t i = 0; i < type.list->size(value); ++i) {
    if (untrusted_value(*type.element, type.list->at(value, i), mask, marked, foreign)) return true;
  }
  return false;
}

bool untrusted_in(const Type& type, const void* value, const Mask& mask, bool inherited) {
  bool foreign = inherited;
  for (const Field& field : type.fields) {
    if (type.row_untrusted && field.name == "untrusted") {
      foreign = *static_cast<const bool*>(reach(field, value));
    }
  }
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const Field& field = type.fields[i];
    const void* member = reach(field, value);
    if (member == nullptr || !mask.shows(type, i)) continue;
    if (untrusted_value(*field.type, member, mask, field.untrusted, foreign)) return true;
  }
  return false;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t run = plain_run(text, i); run > 0) {
      out.append(text, i, run);
      i += run;
      continue;
    }
    const auto [length, whole] = sequence_at(text, i);
    const auto c = static_cast<unsigned char>(text[i]);
    if (!whole) {
      out += "\uFFFD";
    } else if (c < 0x20 || c == '"' || c == '\\') {
      append_escaped(out, c);
    } else {
      out += text.substr(i, length);
    }
    i += length;
  }
  out += '"';
}

std::string encode(const Type& type, const void* value, const Mask& mask) {
  std::string out;
  Encoder(out, mask).value(type, value);
  return out;
}

std::string text(const Type& type, const void* value, const Mask& mask) {
  std::string out;
  if (!type.blocks_member.empty()) return out;
  if (!type.text_member.empty()) {
    for (const Field& field : type.fields) {
      if (field.name == type.text_member)
        out = *static_cast<const std::string*>(reach(field, value));
    }
    return out;
  }
  Writer(out, mask).answer(type, value);
  return out;
}

std::string blocks(const Type& type, const void* value) {
  for (const Field& field : type.fields) {
    if (type.blocks_member.empty() || field.name != type.blocks_member) continue;
    return encode(*field.type, reach(field, value));
  }
  return "";
}

std::string marked(std::string_view words) {
  std::string out;
  append_words(out, words, true, false);
  return out;
}

std::size_t weight(const Type& type, const void* value, const Mask& mask) {
  return encode(type, value, mask).size();
}

bool holds_untrusted(const Type& type, const void* value, const Mask& mask) {
  return untrusted_in(type, value, mask, true);
}

}  // namespace mcp::fields
