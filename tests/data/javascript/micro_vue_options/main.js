import { defineComponent } from 'vue';
import { fetchItems } from './api.js';
export default defineComponent({
  data() { return { items: initial() }; },
  computed: { total() { return sum(this.items); } },
  methods: {
    async load() { this.items = await fetchItems(); this.notify(); },
    notify() { announce(); },
  },
  created() { this.load(); },
  watch: { items: { handler() { this.notify(); } } },
});
function initial() { return []; }
function sum(xs) { return xs.length; }
function announce() {}
