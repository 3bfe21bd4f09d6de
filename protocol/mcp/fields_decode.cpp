#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "protocol/mcp/fields.hpp"
#include "protocol/mcp/tables.hpp"

namespace mcp::fields {

const Type kBool{.name = "true or false", .kind = Kind::Bool};
const Type kInt{.name = "a whole number", .kind = Kind::Int};
const Type kNumber{.name = "a number", .kind = Kind::Number};
const Type kString{.name = "a string", .kind = Kind::String};

namespace {

using nlohmann::json;

constexpr std::size_t kGotMax = 60;
constexpr std::size_t kComplaintsMax = 50;
/// Integers beyond this are not exact in every JSON reader.
constexpr double kIntMax = 9007199254740991.0;

std::string shown(const json& value) {
  std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  if (text.size() > kGotMax) {
    std::size_t end = kGotMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    text += " ...";
  }
  return text;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string number_text(double value) {
  return value == std::floor(value) && std::abs(value) <= kIntMax
             ? std::to_string(static_cast<std::int64_t>(value))
             : json(value).dump();
}

std::string bounds_text(const Field& field) {
  if (field.maximum >= kIntMax) return number_text(field.minimum) + " or more";
  if (field.minimum <= -kIntMax) return number_text(field.maximum) + " or less";
  return number_text(field.minimum) + " to " + number_text(field.maximum);
}

std::string joined(std::span<const std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

/// An argument's name as one token of a JSON Pointer (RFC 6901), cut where it is too long to read.
std::string token(const std::string& name) {
  std::string out;
  for (const char c : name.substr(0, kGotMax)) {
    out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return name.size() > kGotMax ? out + " ..." : out;
}

/// One reading of one JSON value: where it is, what was found wrong so far.
class Decoder {
 public:
  Decoder(bool answer, Unknown unknown) : answer_(answer), unknown_(unknown) {}

  void object(const Type& type, const json& value, void* out, const std::string& path) {
    if (!value.is_object()) return expected(path, "an object", value);
    for (const auto& [key, member] : value.items()) {
      if (find(type, key) == nullptr && unknown_ == Unknown::Refuse) unknown(type, key, path);
    }
    // Two values for one name: whoever judges the call could read the one, and we the other.
    if (value.contains("dry_run") && value.contains("dryRun")) {
      complain(path + "/dryRun: is the same as dry_run; give one of them");
    }
    for (const Field& field : type.fields) {
      json several;
      const json* member = takes_single(type, field) ? with_single(value, field, several)
                                                     : lookup(value, field.name);
      const std::string at = path + "/" + std::string(field.name);
      if (member == nullptr || left_alone(field, *member)) {
        missing(type, field, at);
        continue;
      }
      void* target = static_cast<char*>(out) + field.offset;
      if (field.optional != nullptr) target = field.optional->emplace(target);
      this->value(*field.type, field, *member, target, at);
    }
  }

  std::vector<std::string> take() { return std::move(complaints_); }

 private:
  /// `dryRun` and `dry_run` are one name.
  static bool same_name(std::string_view name, std::string_view key) {
    return name == key || (name == "dry_run" && key == "dryRun") ||
           (name == "dryRun" && key == "dry_run");
  }

  static const Field* find(const Type& type, std::string_view key) {
    for (const Field& field : type.fields) {
      if (same_name(field.name, key) || (key == "id" && takes_single(type, field))) return &field;
    }
    return nullptr;
  }

  /// Where `ids` are expected, `id` is one more of them.
  static bool takes_single(const Type& type, const Field& field) {
    return field.name == "ids" && std::none_of(type.fields.begin(), type.fields.end(),
                                               [](const Field& each) { return each.name == "id"; });
  }

  /// The value of `ids` with that of `id` at its end, made in `several` if there is an `id`.
  static const json* with_single(const json& object, const Field& field, json& several) {
    const json* many = lookup(object, field.name);
    const json* one = lookup(object, "id");
    if (one == nullptr || one->is_null() || *one == "") return many;
    several = many != nullptr && many->is_array() ? *many : json::array();
    several.push_back(*one);
    return &several;
  }

  static const json* lookup(const json& object, std::string_view name) {
    for (const auto& [key, member] : object.items()) {
      if (same_name(name, key)) return &member;
    }
    return nullptr;
  }

  bool left_alone(const Field& field, const json& value) const {
    if (answer_) return false;
    if (value.is_null()) return true;
    const bool blank = (value.is_string() && value.get_ref<const std::string&>().empty()) ||
                       (value.is_array() && value.empty());
    return blank && !field.required;
  }

  void missing(const Type& type, const Field& field, const std::string& path) {
    if (!field.required || (answer_ && type.maskable)) return;
    complain(path + ": expected " + words(field) + ", got nothing");
  }

  static std::string words(const Field& field) {
    switch (field.type->kind) {
      case Kind::Enum:
        return "one of " + joined(field.type->names);
      case Kind::List:
        return "a list";
      case Kind::Object:
        return "an object";
      case Kind::Scalar:
        return std::string(field.type->name);
      case Kind::Int:
      case Kind::Number:
        if (field.minimum <= field.maximum) return bounds_text(field);
        break;
      case Kind::Bool:
      case Kind::String:
        break;
    }
    return std::string(field.type->name);
  }

  void unknown(const Type& type, const std::string& key, const std::string& path) {
    std::string names;
    for (const Field& field : type.fields) {
      if (!names.empty()) names += ", ";
      names += field.name;
    }
    complain(path + "/" + token(key) + ": unknown; " +
             (names.empty() ? "nothing is expected here" : "expected are " + names));
  }

  void value(const Type& type, const Field& field, const json& value, void* out,
             const std::string& path) {
    switch (type.kind) {
      case Kind::Bool:
        if (!value.is_boolean()) return expected(path, "true or false", value);
        *static_cast<bool*>(out) = value.get<bool>();
        return;
      case Kind::Int:
      case Kind::Number:
        return number(type, field, value, out, path);
      case Kind::String:
        return string(field, value, *static_cast<std::string*>(out), path);
      case Kind::Enum:
        return enumerator(type, value, out, path);
      case Kind::Scalar:
        return scalar(type, value, out, path);
      case Kind::Object:
        return object(type, value, out, path);
      case Kind::List:
        return list(type, field, value, out, path);
    }
  }

  void number(const Type& type, const Field& field, const json& value, void* out,
              const std::string& path) {
    const bool bounded = field.minimum <= field.maximum;
    if (!value.is_number()) return expected(path, words(field), value);
    const double number = value.get<double>();
    const bool whole = std::abs(number) <= kIntMax && number == std::floor(number);
    if (type.kind == Kind::Int && !whole) return expected(path, words(field), value);
    if (bounded && !(number >= field.minimum && number <= field.maximum)) {
      return expected(path, bounds_text(field), value);
    }
    if (type.kind == Kind::Int) {
      *static_cast<std::int64_t*>(out) = static_cast<std::int64_t>(number);
    } else {
      *static_cast<double*>(out) = number;
    }
  }

  void string(const Field& field, const json& value, std::string& out, const std::string& path) {
    if (!value.is_string()) return expected(path, "a string", value);
    out = value.get<std::string>();
    if (answer_) return;
    if (out.find('\0') != std::string::npos) return complain(path + ": holds a NUL character");
    const std::size_t length = code_points(out);
    if (length < field.min_length) return expected(path, "a string that is not empty", value);
    if (length > field.max_length) {
      complain(path + ": expected at most " + std::to_string(field.max_length) +
               " characters, got " + std::to_string(length));
    }
  }

  void enumerator(const Type& type, const json& value, void* out, const std::string& path) {
    const std::string expectation = "one of " + joined(type.names);
    if (!value.is_string()) return expected(path, expectation, value);
    const auto found =
        std::find(type.names.begin(), type.names.end(), value.get_ref<const std::string&>());
    if (found == type.names.end()) return expected(path, expectation, value);
    *static_cast<std::uint8_t*>(out) = static_cast<std::uint8_t>(found - type.names.begin());
  }

  void scalar(const Type& type, const json& value, void* out, const std::string& path) {
    if (!type.scalar->json && !value.is_string()) {
      return expected(path, std::string(type.name), value);
    }
    const std::string text = type.scalar->json ? value.dump() : value.get<std::string>();
    const std::optional<std::string> problem = type.scalar->parse(text, out);
    if (!problem) return;
    const std::string got = shown(value);
    const bool says_it = problem->find(got) != std::string::npos;
    complain(path + ": " + *problem + (says_it ? "" : ", got " + got));
  }

  void list(const Type& type, const Field& field, const json& value, void* out,
            const std::string& path) {
    if (!value.is_array()) return expected(path, "a list", value);
    if (!answer_ && (value.size() < field.min_length || value.size() > field.max_length)) {
      return complain(path + ": expected " + std::to_string(field.min_length) + " to " +
                      std::to_string(field.max_length) + " items, got " +
                      std::to_string(value.size()));
    }
    const Field element{.type = type.element,
                        .minimum = field.minimum,
                        .maximum = field.maximum,
                        .max_length = field.element_max_length};
    for (std::size_t i = 0; i < value.size(); ++i) {
      this->value(*type.element, element, value[i], type.list->append(out),
                  path + "/" + std::to_string(i));
    }
  }

  void expected(const std::string& path, const std::string& what, const json& value) {
    complain(path + ": expected " + what + ", got " + shown(value));
  }

  void complain(std::string text) {
    if (complaints_.size() < kComplaintsMax) complaints_.push_back(std::move(text));
  }

  bool answer_;
  Unknown unknown_;
  std::vector<std::string> complaints_;
};

}  // namespace

std::vector<std::string> decode(const Type& type, const json& value, void* out, Unknown unknown) {
  Decoder decoder(false, unknown);
  decoder.object(type, value, out, "");
  return decoder.take();
}

std::vector<std::string> decode_answer(const Type& type, const json& value, void* out) {
  Decoder decoder(true, Unknown::Refuse);
  decoder.object(type, value, out, "");
  return decoder.take();
}

std::optional<std::string> make_mask(const Type& row, std::span<const std::string> names,
                                     Mask& out) {
  out = {.row = &row, .shown = 0};
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    const std::string_view name = row.fields[i].name;
    const bool wanted = name == "id" || name == "untrusted" ||
                        std::find(names.begin(), names.end(), name) != names.end();
    if (wanted) out.shown |= std::uint64_t{1} << i;
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool known = std::any_of(row.fields.begin(), row.fields.end(),
                                   [&](const Field& field) { return field.name == names[i]; });
    if (known) continue;
    std::string all;
    for (const Field& field : row.fields)
      all += (all.empty() ? "" : ", ") + std::string(field.name);
    return "/fields/" + std::to_string(i) + ": expected one of " + all + ", got " +
           shown(json(names[i]));
  }
  return std::nullopt;
}

}  // namespace mcp::fields
