#include "protocol/jsonrpc/beginning.hpp"

#include <string>
#include <utility>

namespace jsonrpc {
namespace {

using nlohmann::json;

/// Hears the members of the envelope until the bytes end. A value counts once something follows it,
/// for a number may have been cut.
class Envelope final : public nlohmann::json_sax<json> {
 public:
  Beginning beginning() const { return {.id = id_, .may_answer = may_answer_ && !method_}; }

  bool null() override { return next(); }
  bool boolean(bool) override { return next(); }
  bool number_integer(number_integer_t value) override { return value_of(value); }
  bool number_unsigned(number_unsigned_t value) override { return value_of(value); }
  bool number_float(number_float_t, const string_t&) override { return next(); }
  bool string(string_t& value) override { return value_of(value); }
  bool binary(binary_t&) override { return next(); }
  bool start_object(std::size_t) override { return open(); }
  bool end_object() override { return shut(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_array() override { return shut(); }
  bool key(string_t& name) override {
    next();
    if (depth_ != 1) return true;
    is_id_ = name == "id";
    method_ = method_ || name == "method";
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const json::exception&) override {
    return false;
  }

 private:
  bool next() {
    if (heard_) id_ = std::exchange(heard_, std::nullopt);
    return true;
  }
  template <class Value>
  bool value_of(const Value& value) {
    next();
    if (depth_ == 1 && is_id_) heard_ = Id{json(value).dump()};
    return true;
  }
  bool open() {
    next();
    may_answer_ = true;
    ++depth_;
    return true;
  }
  bool shut() {
    next();
    --depth_;
    return true;
  }

  int depth_{};
  bool is_id_{};
  bool method_{};
  bool may_answer_{};
  std::optional<Id> heard_{};
  std::optional<Id> id_{};
};

}  // namespace

Beginning read_beginning(std::string_view bytes) {
  Envelope envelope;
  json::sax_parse(bytes, &envelope);
  return envelope.beginning();
}

}  // namespace jsonrpc
